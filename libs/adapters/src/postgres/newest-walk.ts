import type { CatalogQuery } from '#domain/catalog/catalog-query.js';
import { intervalOf, type CatalogMonths } from './catalog-months.js';
import { COARSEST, lately, type SampleReader } from './sample-reader.js';
import { areaOf } from './spatial-path.js';
import type { SqlStatement } from './sql-parameters.js';

const LEVELS = [16, 64, COARSEST] as const;
/** Rows of the sample that are looked at, about. */
const SAMPLED = 3_000;
/** So many hits there tell how close matches follow each other. */
const ENOUGH = 8;
/** Walking over a product costs so much of what finding one by its place and sorting it does: the way is by pages of an index, and most boxes lie apart. */
const WALKED = 0.4;

/**
 * Whether the newest products of an area are sooner found by walking back in time than by the index of places, which brings all of the area's products to be
 * sorted. So where the area has much and few are wanted: a point in Germany is in one product of 35.
 */
export class NewestWalk {
  private readonly sample: SampleReader;
  private readonly months: CatalogMonths;

  constructor(sample: SampleReader, months: CatalogMonths) {
    this.sample = sample;
    this.months = months;
  }

  /** `count` counts what matches. */
  async isSooner(query: CatalogQuery, count: SqlStatement, signal?: AbortSignal): Promise<boolean> {
    if (!isNewestOfArea(query)) return false;
    const { collections } = query;
    const start = lately();
    const [all, ofAll, products] = await Promise.all(
      [{}, { collections }, { collections, start }].map((asked) => this.months.products(asked)),
    );
    if (all === undefined || ofAll === undefined || products === undefined) return false;
    const level = LEVELS.find((each) => all / each <= SAMPLED) ?? COARSEST;
    const hits = await this.sample.hits(count, level, signal);
    const expected = (hits.all * products) / Math.max(ofAll, 1);
    // Much of all times may be much of long ago; a few hits less than expected are chance.
    const matching = level * (hits.lately * 4 < expected - 2 ? hits.lately + 1 : expected);
    return hits.all >= ENOUGH && (query.page.limit * products * WALKED) / matching < matching;
  }
}

const NEWEST_FIRST = { property: 'acquiredFrom', direction: 'desc' };

/** Newest first, of an area, of all times. */
function isNewestOfArea({ ids, filter, sort, page }: CatalogQuery): boolean {
  const [first = NEWEST_FIRST] = sort ?? [];
  const newestFirst = first.property === 'acquiredFrom' && first.direction === 'desc';
  if (ids !== undefined || !newestFirst || page.limit === 0 || areaOf(filter) === undefined) return false;
  const { start, end } = intervalOf(filter);
  return start === undefined && end === undefined;
}
