import { Injectable } from '@nestjs/common';
import { RECORDS } from '#domain/collection/record-collection.js';
import { Clock } from '#domain/ports/clock.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { Product } from '#domain/product/product.js';
import type { DatasetSeries } from '#protocols/wcs/capabilities-context.js';
import type { CoverageBrief } from '#protocols/wcs/coverage.js';
import { mosaicIdOf, parseMosaicId } from '#protocols/wcs/mosaic-id.js';
import { footprintBounds, unionOf } from './footprint-bounds.js';
import { hasCoverage } from './product-rasters.js';

/** What capabilities list: the newest coverages, a mosaic of each collection, every series, and a sequence that grows with every change. */
export interface CoverageList {
  readonly coverages: readonly CoverageBrief[];
  readonly mosaics: readonly CoverageBrief[];
  readonly series: readonly DatasetSeries[];
  readonly sequence: string;
}

const KEPT_MS = 15_000;
/** Capabilities cost the same however large the archive is; the other coverages are found in their series. */
const LISTED = 100;
const MOST_PAGES = 5;

/** Lists what capabilities show; kept for some seconds. */
@Injectable()
export class ListCoverages {
  private kept: { readonly list: Promise<CoverageList>; readonly until: number } | undefined;

  constructor(
    private readonly catalog: ProductCatalog,
    private readonly clock: Clock,
  ) {}

  execute(): Promise<CoverageList> {
    const now = this.clock.now().getTime();
    if (this.kept !== undefined && now < this.kept.until) return this.kept.list;
    const list = this.read();
    this.kept = { list, until: now + KEPT_MS };
    list.catch(() => (this.kept = undefined));
    return list;
  }

  private async read(): Promise<CoverageList> {
    const series = await this.series();
    const newest = await this.newest(series.map(({ id }) => id));
    const changed = newest.map(({ updated }) => updated?.toISOString() ?? '').toSorted();
    return {
      coverages: newest.map(briefOf),
      mosaics: mosaicsOf(newest),
      series,
      sequence: changed.at(-1) || '1970-01-01T00:00:00.000Z',
    };
  }

  private async series(): Promise<readonly DatasetSeries[]> {
    const summaries = await this.catalog.collections();
    return summaries.flatMap(({ collection, count, acquiredFrom: from, acquiredTo: to, bbox }) =>
      count === 0 || collection.id === RECORDS || from === undefined || to === undefined
        ? []
        : [{ id: collection.id, bounds: bbox ?? collection.bbox, from, to }],
    );
  }

  private async newest(collections: readonly string[]): Promise<readonly Product[]> {
    if (collections.length === 0) return [];
    const found: Product[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const next = cursor === undefined ? {} : { cursor };
      const page = await this.catalog.search({ collections, page: { kind: 'keyset', limit: LISTED, ...next } });
      found.push(...page.products.filter(hasCoverage));
      cursor = page.next;
    } while (cursor !== undefined && found.length < LISTED && ++pages < MOST_PAGES);
    return found.slice(0, LISTED);
  }
}

function briefOf(product: Product): CoverageBrief {
  const { id, acquiredFrom: from, acquiredTo: to, geometry } = product;
  return { id, title: id, subtype: 'RectifiedDataset', from, to, bounds: footprintBounds(geometry) };
}

/** The mosaic of the newest day of each collection among those products, the newest of which come first. */
function mosaicsOf(newest: readonly Product[]): readonly CoverageBrief[] {
  const groups = Map.groupBy(newest, ({ collection }) => collection);
  return [...groups].flatMap(([collection, products]) => {
    const id = mosaicIdOf(collection, products[0]!.acquiredFrom);
    if (parseMosaicId(id) === undefined) return [];
    const day = products.map(briefOf).filter(({ from }) => mosaicIdOf(collection, from) === id);
    const times = day.flatMap(({ from, to }) => [from.getTime(), to.getTime()]);
    const [from, to] = [new Date(Math.min(...times)), new Date(Math.max(...times))];
    const bounds = unionOf(day.map((one) => one.bounds));
    return [{ id, title: id, subtype: 'RectifiedStitchedMosaic' as const, from, to, bounds }];
  });
}
