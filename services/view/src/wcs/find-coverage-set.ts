import { Injectable } from '@nestjs/common';
import type { CatalogQuery, Filter } from '#domain/catalog/catalog-query.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { Product } from '#domain/product/product.js';
import type { CoverageSet } from '#protocols/wcs/coverage-set.js';
import { parseMosaicId } from '#protocols/wcs/mosaic-id.js';
import { WcsError } from '#protocols/wcs/wcs-error.js';
import type { CoverageSetArea, WcsRequest } from '#protocols/wcs/wcs-request.js';
import { withinArea } from '../map-area.js';
import { DescribeCoverage } from './describe-coverage.js';
import { ListCoverages } from './list-coverages.js';
import type { HeldCoverage } from './held-coverage.js';
import { hasCoverage } from './product-rasters.js';
import { StitchMosaic } from './stitch-mosaic.js';

type SetRequest = Extract<WcsRequest, { kind: 'DescribeEOCoverageSet' }>;

/** Descriptions of one answer at most. */
export const COUNT_DEFAULT = 50;
const MOST_PAGES = 20;

/** DescribeEOCoverageSet: the coverages of series, and single ones, that lie in an area and a time, newest first. */
@Injectable()
export class FindCoverageSet {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly list: ListCoverages,
    private readonly describe: DescribeCoverage,
    private readonly mosaics: StitchMosaic,
  ) {}

  /** Throws NoSuchDatasetSeriesOrCoverage. */
  async execute(request: SetRequest, address: string, signal?: AbortSignal): Promise<CoverageSet> {
    const { series } = await this.list.execute();
    const chosen = series.filter(({ id }) => request.ids.includes(id));
    const others = request.ids.filter((id) => !series.some((one) => one.id === id));
    const isMosaic = (id: string): boolean => series.some((one) => one.id === parseMosaicId(id)?.collection);
    const single = others.filter((id) => !isMosaic(id));
    await this.checkCoverages(single);
    const stitched = await Promise.all(others.filter(isMosaic).map((id) => this.stitch(id, address, signal)));
    const mosaics = stitched.filter((mosaic) => mosaic !== undefined);
    const count = Math.min(request.count ?? COUNT_DEFAULT, COUNT_DEFAULT);
    const queries: CatalogQuery[] = [];
    const page = { kind: 'keyset', limit: Math.max(1, count) } as const;
    const filter: Filter = { op: 'and', args: conditions(request.area) };
    if (chosen.length > 0) queries.push({ collections: chosen.map(({ id }) => id), filter, page, count: 'auto' });
    if (single.length > 0) queries.push({ ids: single, filter, page, count: 'auto' });
    for (const id of others.filter(isMosaic))
      queries.push({ ...scenesOf(id, conditions(request.area)), page, count: 'auto' });
    const parts = await Promise.all(queries.map((query) => this.search(query, count, signal)));
    const products = unique(parts.flatMap((part) => part.products)).slice(0, count);
    const scenes = await Promise.all(products.map((product) => this.describe.describe(product, address, { signal })));
    // A mosaic stands before what it is stitched of, as far as that is wanted.
    const held = [...(scenes.length > 0 ? mosaics : []), ...scenes].slice(0, count);
    return {
      coverages: held.map(({ coverage }) => coverage),
      matched: parts.reduce((sum, part) => sum + part.matched, scenes.length > 0 ? mosaics.length : 0),
      series: chosen,
    };
  }

  private stitch(id: string, address: string, signal?: AbortSignal): Promise<HeldCoverage | undefined> {
    return this.mosaics.execute(parseMosaicId(id)!, { id, address }, signal);
  }

  private async checkCoverages(ids: readonly string[]): Promise<void> {
    const found = await Promise.all(ids.map((id) => this.catalog.findById(id)));
    const missing = ids.filter((_, index) => found[index] === undefined || !hasCoverage(found[index]));
    if (missing.length === 0) return;
    const names = missing.join(' ').slice(0, 300);
    throw new WcsError(`There is no series or coverage ${names}.`, 'NoSuchDatasetSeriesOrCoverage', names);
  }

  /** Products without raster do not take the place of others; what the catalogue counts is made exact where all were seen. */
  private async search(
    query: CatalogQuery,
    count: number,
    signal?: AbortSignal,
  ): Promise<{ products: readonly Product[]; matched: number }> {
    const products: Product[] = [];
    let page = await this.catalog.search(query, signal);
    const counted = page.matched?.value ?? 0;
    products.push(...page.products.filter(hasCoverage));
    for (let pages = 1; page.next !== undefined && products.length < count && pages < MOST_PAGES; pages++) {
      page = await this.catalog.search(
        { ...query, page: { kind: 'keyset', limit: count, cursor: page.next }, count: 'none' },
        signal,
      );
      products.push(...page.products.filter(hasCoverage));
    }
    return { products, matched: page.next === undefined ? products.length : Math.max(counted, products.length) };
  }
}

/** The scenes a mosaic is stitched of. */
function scenesOf(id: string, others: readonly Filter[]): Omit<CatalogQuery, 'page'> {
  const { collection, from, to } = parseMosaicId(id)!;
  const during: Filter = { op: 'temporal', relation: 'overlaps', interval: { start: from, end: to } };
  return { collections: [collection], filter: { op: 'and', args: [during, ...others] }, latestOnly: true };
}

function unique(products: readonly Product[]): readonly Product[] {
  return [...new Map(products.map((product) => [product.uuid, product])).values()];
}

function conditions(area: CoverageSetArea): readonly Filter[] {
  return [...inPlace(area), ...inTime(area)];
}

function inPlace({
  west = -180,
  south = -90,
  east = 180,
  north = 90,
  containment,
}: CoverageSetArea): readonly Filter[] {
  const isOutside = west > 180 || east < -180 || south > 90 || north < -90;
  if (isOutside) return [{ op: 'constant', value: false }];
  const clip = (value: number, most: number): number => Math.max(-most, Math.min(most, value));
  const places = withinArea([clip(west, 180), clip(south, 90), clip(east, 180), clip(north, 90)]);
  if (containment === 'overlaps') return places;
  return places.map((place): Filter => (place.op === 'spatial' ? { ...place, relation: 'within' } : place));
}

function inTime({ from, to, containment }: CoverageSetArea): readonly Filter[] {
  if (from === undefined && to === undefined) return [];
  const interval = { ...(from === undefined ? {} : { start: from }), ...(to === undefined ? {} : { end: to }) };
  return [{ op: 'temporal', relation: containment === 'contains' ? 'within' : 'overlaps', interval }];
}
