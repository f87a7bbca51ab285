import { Injectable } from '@nestjs/common';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { ProductCatalog, type CollectionSummary } from '#domain/ports/product-catalog.js';
import type { Product } from '#domain/product/product.js';

const NEWEST = 12;

/** What the landing page tells of the archive. */
export interface ArchiveOverview {
  /** Collections that hold products, fullest first. */
  readonly collections: readonly CollectionSummary[];
  readonly total: number;
  /** Where the archive's products are; absent for an empty one. */
  readonly bbox?: BoundingBox;
  /** The latest published, newest first. */
  readonly newest: readonly Product[];
}

/** Reads what is in the archive. */
@Injectable()
export class ReadArchive {
  constructor(private readonly catalog: ProductCatalog) {}

  async execute(): Promise<ArchiveOverview> {
    const [summaries, page] = await Promise.all([
      this.catalog.collections(),
      this.catalog.search({
        sort: [{ property: 'published', direction: 'desc' }],
        page: { kind: 'keyset', limit: NEWEST },
      }),
    ]);
    const collections = summaries.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count);
    const total = collections.reduce((sum, { count }) => sum + count, 0);
    const bbox = mapViewOf(collections);
    const overview = { collections, total, newest: page.products };
    return bbox ? { ...overview, bbox } : overview;
  }
}

/** The box of the collection with the most products: orbit-long ones would show the whole Earth. */
function mapViewOf(fullestFirst: readonly CollectionSummary[]): BoundingBox | undefined {
  return fullestFirst.find(({ bbox }) => bbox !== undefined)?.bbox;
}
