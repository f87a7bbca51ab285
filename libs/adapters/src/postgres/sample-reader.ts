import type { SqlStatement } from './sql-parameters.js';
import type { Sql } from './sql.js';

/** One product in so many is in the coarsest sample. */
export const COARSEST = 512;

/** How many products of a sample match, and how many of these were acquired lately. */
export interface SampleHits {
  readonly all: number;
  readonly lately: number;
  /** What reading it took, milliseconds. */
  readonly ms: number;
}

const LATELY_MS = 366 * 86_400_000;

/** Since when products count as acquired lately: a year. */
export function lately(): Date {
  return new Date(Date.now() - LATELY_MS);
}

/** Reads what the sample has of a search. Whoever asks for the same statement again, to decide on the way to go or to count, gets what was read before. */
export class SampleReader {
  private readonly sql: Sql;
  private readonly read = new WeakMap<SqlStatement, Map<number, Promise<SampleHits>>>();

  constructor(sql: Sql) {
    this.sql = sql;
  }

  /** `count` counts what matches. */
  hits(count: SqlStatement, level: number, signal?: AbortSignal): Promise<SampleHits> {
    const levels = this.read.get(count) ?? new Map<number, Promise<SampleHits>>();
    this.read.set(count, levels);
    const reading = levels.get(level) ?? this.hitsAmong(rowsOf(level), count, signal);
    levels.set(level, reading);
    // Who asks next may have more time.
    reading.catch(() => levels.delete(level));
    return reading;
  }

  /** Those among some rows: a table as `p`, and the conditions a count begins with. */
  async hitsAmong(rows: string, { text, parameters }: SqlStatement, signal?: AbortSignal): Promise<SampleHits> {
    const isLate = `p.acquired_from >= $${parameters.length + 1}::timestamptz`;
    const counting = text
      .replace('count(*) as n', () => `count(*) as "all", count(*) filter (where ${isLate}) as lately`)
      .replace('catalogue.product p where', rows);
    const started = performance.now();
    const [row] = await this.sql.query<{ all: number; lately: number }>(
      counting,
      [...parameters, lately().toISOString()],
      signal,
    );
    return { all: row?.all ?? 0, lately: row?.lately ?? 0, ms: performance.now() - started };
  }
}

/** The coarsest is a table of its own, which is planned sooner. */
function rowsOf(level: number): string {
  return level === COARSEST ? `catalogue.sample_${level} p where` : `catalogue.sample p where p.level >= ${level} and`;
}
