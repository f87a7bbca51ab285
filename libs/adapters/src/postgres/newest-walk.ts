import type { CatalogQuery } from '#domain/catalog/catalog-query.js';
import { intervalOf, type CatalogMonths } from './catalog-months.js';
import { areaOf } from './spatial-path.js';
import type { SqlStatement } from './sql-parameters.js';
import type { Sql } from './sql.js';

const YEAR_MS = 366 * 86_400_000;
const LEVELS = [16, 64, 512] as const;
/** Rows of the sample's last year that are looked at, at most. */
const SAMPLED = 3_000;
/** So many hits there promise that the last year alone fills a page. */
const ENOUGH = 8;
/** Walking over a product costs so many times what finding one by its place and sorting it does. */
const DEARER = 1.5;

/**
 * Whether the newest products of an area are sooner found by walking back in time than by the index of places, which brings all of the area's products to be
 * sorted. So where the area has much and few are wanted: a point in Germany is in one product of 35.
 */
export class NewestWalk {
  private readonly sql: Sql;
  private readonly months: CatalogMonths;

  constructor(sql: Sql, months: CatalogMonths) {
    this.sql = sql;
    this.months = months;
  }

  /** `count` counts what matches. */
  async isSooner(query: CatalogQuery, count: SqlStatement, signal?: AbortSignal): Promise<boolean> {
    if (!isNewestOfArea(query)) return false;
    const start = new Date(Date.now() - YEAR_MS);
    const products = await this.months.products({ collections: query.collections, start });
    const all = await this.months.products({ start });
    const level = LEVELS.find((each) => all / each <= SAMPLED) ?? LEVELS[2];
    const hits = await this.hits(count, level, { start, signal });
    const matching = hits * level;
    return hits >= ENOUGH && (query.page.limit * products * DEARER) / matching < matching;
  }

  private async hits(
    { text, parameters }: SqlStatement,
    level: number,
    { start, signal }: { start: Date; signal: AbortSignal | undefined },
  ): Promise<number> {
    const since = `p.acquired_from >= $${parameters.length + 1}::timestamptz and`;
    const rows =
      level === LEVELS[2] ? `sample_${level} p where ${since}` : `sample p where p.level >= ${level} and ${since}`;
    const counting = text.replace('catalogue.product p where', `catalogue.${rows}`);
    const [row] = await this.sql.query<{ n: number }>(counting, [...parameters, start.toISOString()], signal);
    return row?.n ?? 0;
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
