import type { CatalogQuery, Filter, MatchCount } from '#domain/catalog/catalog-query.js';
import { intervalOf, type CatalogMonths } from './catalog-months.js';
import type { SqlStatement } from './sql-parameters.js';
import type { Sql } from './sql.js';

/** One in so many products is in a table and those before it. */
const LEVELS = [512, 64, 16] as const;
/** What decides between counting and estimating, in products. */
export interface SampleLimits {
  /** A catalogue of so many is always counted. */
  readonly small: number;
  /** Of so many in the time and the collections asked for all are looked at. */
  readonly readAtOnce: number;
  /** So many matches are counted rather than estimated. */
  readonly few: number;
  /** Rows of the sample that are read where no index of it helps. */
  readonly sampleRows: number;
}

const LIMITS: SampleLimits = { small: 120_000, readAtOnce: 10_000, few: 1_000, sampleRows: 30_000 };
/** Hits after which the error is some ten per cent. */
const ENOUGH = 100;
/** Hits that say no more than that there are few. */
const TOO_FEW = 20;
/** Where there are so few, so many times more rows may be read. */
const MORE = 6;
/** The first sample read has at most one in so many of the rows that may be read. */
const COARSER = 4;

/** A query and the statement that counts what it finds. */
interface SampledRequest {
  readonly query: CatalogQuery;
  readonly count: SqlStatement;
}

/** Estimates how many products match from a random sample of them: good for any filter, and independent of the planner. */
export class CatalogSample {
  private readonly sql: Sql;
  private readonly months: CatalogMonths;
  private readonly limits: SampleLimits;

  constructor(sql: Sql, months: CatalogMonths, limits: SampleLimits = LIMITS) {
    this.sql = sql;
    this.limits = limits;
    this.months = months;
  }

  /** Undefined where they are so few that counting all is as cheap. */
  async count(request: SampledRequest, signal?: AbortSignal): Promise<MatchCount | undefined> {
    const { query } = request;
    if (query.ids !== undefined) return undefined;
    const products = await this.months.products({});
    if (products <= this.limits.small || (await this.inItsTime(query)) <= this.limits.readAtOnce) return undefined;
    const value = await this.estimate(products, request, signal);
    return value <= this.limits.few ? undefined : { value, exact: false };
  }

  private inItsTime({ collections, filter }: CatalogQuery): Promise<number> {
    return this.months.products({ collections, ...intervalOf(filter) });
  }

  /** From a sample read in a moment; where that has too few hits, from the next finer one that promises enough. Nothing where they are too few for all. */
  private async estimate(products: number, request: SampledRequest, signal?: AbortSignal): Promise<number> {
    const first = LEVELS.findLast((each) => products / each <= this.limits.sampleRows / COARSER) ?? LEVELS[0];
    const hits = await this.hits(request, first, signal);
    if (hits >= ENOUGH || hits === 0) return hits * first;
    const readable = mentions(request.query.filter, INDEXED)
      ? Infinity
      : this.limits.sampleRows * (hits < TOO_FEW ? MORE : 1);
    const finer = LEVELS.filter((each) => each < first && products / each <= readable);
    const level = finer.find((each) => (hits * first) / each >= ENOUGH) ?? finer.at(-1);
    const found = level === undefined ? hits : await this.hits(request, level, signal);
    return found < TOO_FEW ? 0 : found * (level ?? first);
  }

  private async hits({ count }: SampledRequest, level: number, signal?: AbortSignal): Promise<number> {
    const sampled = `catalogue.sample p where p.level >= ${level} and`;
    const [row] = await this.sql.query<{ n: number }>(
      count.text.replace('catalogue.product p where', sampled),
      count.parameters,
      signal,
    );
    return row?.n ?? 0;
  }
}

const INDEXED: readonly Filter['op'][] = ['temporal', 'spatial', 'distance'];

/** Whether a condition of such a kind holds for all that match. */
function mentions(filter: Filter | undefined, kinds: readonly Filter['op'][]): boolean {
  if (filter === undefined) return false;
  if (filter.op === 'and') return filter.args.some((arg) => mentions(arg, kinds));
  return kinds.includes(filter.op);
}
