import type { CatalogQuery } from '#domain/catalog/catalog-query.js';
import { queryHash } from './query-hash.js';
import type { SqlStatement } from './sql-parameters.js';
import type { Sql } from './sql.js';

interface Counted {
  readonly value: number;
  /** What was visible when it was counted. */
  readonly snapshot: string;
}

const REMEMBERED = 1_000;
/** A count that took less is sooner taken again than checked, milliseconds. */
const WORTH_REMEMBERING_MS = 20;

/** Nothing was written that the snapshot does not see: every change of a product carries its transaction, and a removed one leaves a tombstone. */
const UNCHANGED = `select not exists (select from catalogue.product
    where change_xid >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(change_xid, $1::pg_snapshot))
  and not exists (select from catalogue.tombstone
    where change_xid >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(change_xid, $1::pg_snapshot)) as same`;

/** What is counted: for the same query other rows are, where acquisitions last longer than before. */
export interface MemorableQuery {
  readonly query: CatalogQuery;
  readonly longestMs: number;
}

/** Counts row by row, and not again for the next page as long as nothing has changed: what it says is always exact. */
export class CountMemory {
  private readonly sql: Sql;
  private readonly counts = new Map<string, Counted>();

  constructor(sql: Sql) {
    this.sql = sql;
  }

  /** A count remembered and still right. */
  async known(query: MemorableQuery, signal?: AbortSignal): Promise<number | undefined> {
    const key = keyOf(query);
    const counted = this.counts.get(key);
    if (counted === undefined) return undefined;
    const [row] = await this.sql.query<{ same: boolean }>(UNCHANGED, [counted.snapshot], signal);
    if (row?.same === true) return counted.value;
    this.counts.delete(key);
    return undefined;
  }

  /** Counts, and remembers what took long. */
  async countRows(query: MemorableQuery, { text, parameters }: SqlStatement, signal?: AbortSignal): Promise<number> {
    const started = performance.now();
    const counting = text.replace('count(*) as n', 'count(*) as value, pg_current_snapshot()::text as snapshot');
    const [counted] = await this.sql.query<Counted>(counting, parameters, signal);
    if (counted !== undefined && performance.now() - started > WORTH_REMEMBERING_MS) this.remember(query, counted);
    return counted?.value ?? 0;
  }

  private remember(query: MemorableQuery, counted: Counted): void {
    this.counts.set(keyOf(query), counted);
    if (this.counts.size > REMEMBERED) this.counts.delete(this.counts.keys().next().value ?? '');
  }
}

function keyOf({ query, longestMs }: MemorableQuery): string {
  return `${queryHash(query).toString('base64')}/${longestMs}`;
}
