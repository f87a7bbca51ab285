import type { CatalogQuery, Filter } from '#domain/catalog/catalog-query.js';
import type { BoundingBox, Geometry } from '#domain/geometry/geometry.js';
import { intervalOf, type CatalogMonths } from './catalog-months.js';
import { queryHash } from './query-hash.js';
import { COARSEST, lately, type SampleReader } from './sample-reader.js';
import { ShortMemory } from './short-memory.js';
import { areaOf } from './spatial-path.js';
import type { SqlStatement } from './sql-parameters.js';

const LEVELS = [16, 64, COARSEST] as const;
/** Rows of the sample that are looked at, about; of a small area the index brings few of them. */
const SAMPLED = 3_000;
const SAMPLED_AROUND = 30_000;
/** So many hits there tell how close matches follow each other. */
const ENOUGH = 8;
/** Walking over a product costs so much of what finding one by its place and sorting it does: the way is by pages of an index, and most boxes lie apart. */
const WALKED = 0.4;

interface Asked {
  readonly area: BoundingBox;
  readonly count: SqlStatement;
  readonly signal: AbortSignal | undefined;
}

/**
 * Whether the newest products of an area are sooner found by walking back in time than by the index of places, which brings all of the area's products to be
 * sorted. So where the area has much and few are wanted: a point in Germany is in one product of 35.
 */
export class NewestWalk {
  private readonly sample: SampleReader;
  private readonly months: CatalogMonths;
  private readonly decisions = new ShortMemory<boolean>();

  constructor(sample: SampleReader, months: CatalogMonths) {
    this.sample = sample;
    this.months = months;
  }

  /** `count` counts what matches. */
  async isSooner(query: CatalogQuery, count: SqlStatement, signal?: AbortSignal): Promise<boolean> {
    const area = newestOf(query);
    if (area === undefined) return false;
    const key = keyOf(query, area);
    const known = this.decisions.recall(key);
    if (known !== undefined) return known;
    const decision = await this.decide(query, { area, count, signal });
    this.decisions.remember(key, decision);
    return decision;
  }

  private async decide(query: CatalogQuery, { area, count, signal }: Asked): Promise<boolean> {
    const { collections } = query;
    const start = lately();
    const [all, ofAll, products] = await Promise.all(
      [{}, { collections }, { collections, start }].map((asked) => this.months.products(asked)),
    );
    if (all === undefined || ofAll === undefined || products === undefined) return false;
    const sampled = isSmall(area) ? SAMPLED_AROUND : SAMPLED;
    const level = LEVELS.find((each) => all / each <= sampled) ?? COARSEST;
    const hits = await this.sample.hits(count, level, signal);
    const expected = (hits.all * products) / Math.max(ofAll, 1);
    // Much of all times may be much of long ago; a few hits less than expected are chance.
    const matching = level * (hits.lately * 4 < expected - 2 ? hits.lately + 1 : expected);
    return hits.all >= ENOUGH && (query.page.limit * products * WALKED) / matching < matching;
  }
}

const NEWEST_FIRST = { property: 'acquiredFrom', direction: 'desc' };

/** The area whose newest products of all times are wanted. */
function newestOf({ ids, filter, sort, page }: CatalogQuery): BoundingBox | undefined {
  const [first = NEWEST_FIRST] = sort ?? [];
  const newestFirst = first.property === 'acquiredFrom' && first.direction === 'desc';
  if (ids !== undefined || !newestFirst || page.limit === 0) return undefined;
  const { start, end } = intervalOf(filter);
  return start === undefined && end === undefined ? areaOf(filter) : undefined;
}

/** Degrees: footprints are larger, so that small areas beside each other have about as much. */
const CELL = 1;

function isSmall([west, south, east, north]: BoundingBox): boolean {
  return Math.max(east - west, north - south) <= CELL;
}

/** The same for the next pages, and for small areas in one cell. */
function keyOf(query: CatalogQuery, area: BoundingBox): string {
  const [west, south] = area;
  const cell: Geometry = { type: 'Point', coordinates: [Math.floor(west / CELL), Math.floor(south / CELL)] };
  const same = isSmall(area) && query.filter !== undefined ? { ...query, filter: movedTo(cell, query.filter) } : query;
  return `${queryHash(same).toString('base64')}/${query.page.limit}`;
}

/** The filter with another area. */
function movedTo(place: Geometry, filter: Filter): Filter {
  if (filter.op === 'spatial') return { ...filter, geometry: place };
  if (filter.op !== 'and') return filter;
  const area = filter.args.findIndex((arg) => areaOf(arg) !== undefined);
  return { op: 'and', args: filter.args.map((arg, at) => (at === area ? movedTo(place, arg) : arg)) };
}
