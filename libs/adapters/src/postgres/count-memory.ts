import type { CatalogQuery } from '#domain/catalog/catalog-query.js';
import { queryHash } from './query-hash.js';
import { SNAPSHOT } from './seen-snapshot.js';
import type { SqlStatement } from './sql-parameters.js';
import type { Sql } from './sql.js';

/** A count, and what was told with it. */
export interface Counted {
  readonly value: number;
  /** What was visible when it was counted; null inside a transaction that has written. */
  readonly snapshot: string | null;
  /** How long acquisitions were, where the same statement found it out. */
  readonly longestMs?: number;
}

interface Remembered extends Counted {
  readonly snapshot: string;
  /** What counting took, milliseconds. */
  readonly tookMs: number;
}

const REMEMBERED = 1_000;
/** A count that took less is sooner taken again than checked, milliseconds. */
const WORTH_CHECKING_MS = 20;

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

/**
 * Counts row by row, and not again as long as nothing has changed: what it says is always exact. Whether anything has is asked of the database where the
 * count took long; a page that saw what the count saw tells it by itself.
 */
export class CountMemory {
  private readonly sql: Sql;
  private readonly counts = new Map<string, Remembered>();
  private seen: string | undefined;
  private calm = false;

  constructor(sql: Sql) {
    this.sql = sql;
  }

  /** A count remembered and still right. */
  async known(query: MemorableQuery, signal?: AbortSignal): Promise<number | undefined> {
    const key = keyOf(query);
    const counted = this.counts.get(key);
    if (counted === undefined || counted.tookMs <= WORTH_CHECKING_MS) return undefined;
    const [row] = await this.sql.query<{ same: boolean }>(UNCHANGED, [counted.snapshot], signal);
    if (row?.same === true) return counted.value;
    this.counts.delete(key);
    return undefined;
  }

  /** Counts, and remembers what took long. */
  async countRows(query: MemorableQuery, { text, parameters }: SqlStatement, signal?: AbortSignal): Promise<number> {
    const started = performance.now();
    const counting = text.replace('count(*) as n', `count(*) as value, ${SNAPSHOT}`);
    const [counted] = await this.sql.query<Counted>(counting, parameters, signal);
    if (counted !== undefined) this.remember(query, counted, performance.now() - started);
    return counted?.value ?? 0;
  }

  /** Whether it is worth waiting for the page before counting: this was counted before, and the last pages saw the same. */
  mayTell(query: MemorableQuery): boolean {
    return this.calm && this.counts.has(keyOf(query));
  }

  /** The count, where it saw what a page has seen. */
  at(snapshot: string | undefined, query: MemorableQuery): Counted | undefined {
    const counted = this.counts.get(keyOf(query));
    return snapshot !== undefined && counted?.snapshot === snapshot ? counted : undefined;
  }

  /** Takes note of what a page has seen. */
  see(snapshot: string | undefined): void {
    if (snapshot === undefined) return;
    this.calm = snapshot === this.seen;
    this.seen = snapshot;
  }

  /** Keeps a count to be told again. */
  remember(query: MemorableQuery, { snapshot, ...counted }: Counted, tookMs = 0): void {
    if (snapshot === null) return;
    const key = keyOf(query);
    this.counts.delete(key);
    this.counts.set(key, { ...counted, snapshot, tookMs });
    if (this.counts.size > REMEMBERED) this.counts.delete(this.counts.keys().next().value ?? '');
  }
}

function keyOf({ query, longestMs }: MemorableQuery): string {
  return `${queryHash(query).toString('base64')}/${longestMs}`;
}
