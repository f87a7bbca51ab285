import { Injectable } from '@nestjs/common';
import type { CatalogQuery, Filter } from '#domain/catalog/catalog-query.js';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import type { TimeInterval } from '#domain/geometry/time-interval.js';
import { ObjectStore } from '#domain/ports/object-store.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { RasterSource } from '#domain/ports/raster-engine.js';
import { ASSET_KEYS, type Asset } from '#domain/product/asset.js';
import { withinArea } from './map-area.js';

/** What to look for: a collection's products over a place and at a time. */
export interface SceneQuery {
  readonly collection: string;
  readonly bounds: BoundingBox;
  readonly intervals: readonly TimeInterval[];
  /** Most scenes taken. */
  readonly limit: number;
}

/** The scenes to draw, oldest first, and whether there were more than the limit. */
export interface FoundScenes {
  readonly sources: readonly RasterSource[];
  readonly isCut: boolean;
}

/** Products without picture do not take the place of older ones with one; so many pages of them are passed over. */
const MOST_PAGES = 20;

/** Finds the newest scenes that can be drawn: the current processing of each, those with a browse image. */
@Injectable()
export class FindScenes {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly store: ObjectStore,
  ) {}

  async execute(query: SceneQuery, signal?: AbortSignal): Promise<FoundScenes> {
    const found: Asset[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await this.catalog.search(catalogQuery(query, cursor), signal);
      found.push(...page.products.flatMap(({ assets }) => assets[ASSET_KEYS.browse] ?? []));
      cursor = page.next;
    } while (cursor !== undefined && found.length < query.limit && ++pages < MOST_PAGES);
    const isCut = cursor !== undefined || found.length > query.limit;
    const sources = await Promise.all(found.slice(0, query.limit).map((asset) => this.sourceOf(asset)));
    return { sources: sources.filter((source) => source !== undefined).toReversed(), isCut };
  }

  /** The digest names the version where it is known; else the store is asked. */
  private async sourceOf(asset: Asset): Promise<RasterSource | undefined> {
    if (!asset.location) return undefined;
    const sha = asset.digests?.find(({ algorithm }) => algorithm === 'sha-256')?.value;
    return { ...asset.location, etag: sha ?? (await this.store.head(asset.location.key)).etag };
  }
}

function catalogQuery({ collection, bounds, intervals, limit }: SceneQuery, cursor: string | undefined): CatalogQuery {
  return {
    collections: [collection],
    filter: { op: 'and', args: [...withinArea(bounds), ...duringAny(intervals)] },
    sort: [{ property: 'acquiredFrom', direction: 'desc' }],
    page: { kind: 'keyset', limit, ...(cursor === undefined ? {} : { cursor }) },
    count: 'none',
    latestOnly: true,
  };
}

function duringAny(intervals: readonly TimeInterval[]): readonly Filter[] {
  const bounded = intervals.filter(({ start, end }) => start !== undefined || end !== undefined);
  if (bounded.length < intervals.length || bounded.length === 0) return [];
  return [{ op: 'or', args: bounded.map((interval): Filter => ({ op: 'temporal', relation: 'overlaps', interval })) }];
}
