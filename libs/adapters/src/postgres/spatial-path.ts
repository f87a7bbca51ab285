import type { CatalogQuery, Filter } from '#domain/catalog/catalog-query.js';
import { boundingBoxOf } from '#domain/geometry/bounding-box.js';
import { checkGeometry } from '#domain/geometry/check-geometry.js';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { intervalOf, type CatalogMonths } from './catalog-months.js';
import { GEOMETRY_LIMITS } from './compile-catalog-spatial.js';
import type { TimeInterval } from '#domain/geometry/time-interval.js';
import type { Sql } from './sql.js';

/** Products looked at one by one rather than found by their places, at most. */
const MOST = 150_000;
/** Looking at a product costs so many times what passing over it in the index of places does. */
const DEARER = 1.5;
/** One in so many products is in the sample. */
const SAMPLED = 512;
const KEPT = 200;

/**
 * Whether an area is better tested product by product than found by the index of places. That index knows no time and no collection: for a country in a
 * month it brings all the country's products of the year, where the month's products of a collection are a few thousand. The planner cannot tell, it takes
 * the test for a thousand times dearer than it is for a footprint elsewhere.
 */
export class SpatialPath {
  private readonly sql: Sql;
  private readonly months: CatalogMonths;
  /** Products of each month in the areas asked lately. */
  private readonly areas = new Map<string, Promise<number>>();

  constructor(sql: Sql, months: CatalogMonths) {
    this.sql = sql;
    this.months = months;
  }

  /** Throws InvalidError for a malformed geometry. */
  async isByProduct({ ids, collections, filter }: CatalogQuery): Promise<boolean> {
    const area = areaOf(filter);
    const { start, end } = intervalOf(filter);
    if (area === undefined || ids !== undefined || start === undefined) return false;
    const looked = await this.months.products({ collections, start, end });
    if (looked > MOST) return false;
    const [all, years] = await Promise.all([this.months.products({}), this.months.products(wholeYears(start, end))]);
    const passed = ((await this.inArea(area)) * years) / Math.max(all, 1);
    return looked * DEARER < passed;
  }

  /** How many of all products are in an area, by the sample. */
  private inArea(area: BoundingBox): Promise<number> {
    const key = area.join();
    const known = this.areas.get(key);
    if (known !== undefined) return known;
    const reading = this.sql
      .query<{ n: number }>(
        'select count(*) as n from catalogue.sample_512 where footprint && st_makeenvelope($1, $2, $3, $4, 4326)',
        [...area],
      )
      .then(([row]) => (row?.n ?? 0) * SAMPLED);
    reading.catch(() => this.areas.delete(key));
    this.areas.set(key, reading);
    if (this.areas.size > KEPT) this.areas.delete(this.areas.keys().next().value ?? '');
    return reading;
  }
}

/** The box around an area all that match lie in; undefined where there is none, or it goes across the antimeridian. */
export function areaOf(filter: Filter | undefined): BoundingBox | undefined {
  if (filter?.op === 'and') return filter.args.map(areaOf).find((area) => area !== undefined);
  if (filter?.op !== 'spatial' || filter.relation === 'disjoint') return undefined;
  checkGeometry(filter.geometry, GEOMETRY_LIMITS);
  const box = boundingBoxOf(filter.geometry);
  return box === undefined || box[0] > box[2] || box[0] < -180 || box[2] > 180 ? undefined : box;
}

/** The partitions an interval touches. */
function wholeYears(start: Date, end: Date | undefined): TimeInterval {
  const from = new Date(Date.UTC(start.getUTCFullYear(), 0));
  return end === undefined
    ? { start: from }
    : { start: from, end: new Date(Date.UTC(end.getUTCFullYear() + 1, 0) - 1) };
}
