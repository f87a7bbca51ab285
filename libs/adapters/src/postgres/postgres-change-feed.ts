import type { CatalogChange, ChangePage } from '#domain/catalog/catalog-change.js';
import { ChangeFeed, type ChangeQuery, type DeletedPage, type DeletedQuery } from '#domain/ports/change-feed.js';
import { checkFilterLimits, checkPage, checkSort } from './catalog-limits.js';
import { isStorableText } from './catalog-literal.js';
import { readCompleteUntil, readEpoch, type ChangeEpoch } from './change-epoch.js';
import { ChangePositions, LAST_SEQ, type ChangePlace } from './change-position.js';
import { readChanges, type PlacedChange } from './read-changes.js';
import { readDeleted } from './read-deleted.js';
import type { Sql } from './sql.js';

/** The changes of the catalogue in PostgreSQL, in the order of transactions that have ended. `secret` signs the positions; instances behind one address share it. */
export class PostgresChangeFeed extends ChangeFeed {
  private readonly sql: Sql;
  private readonly positions: ChangePositions;

  constructor(sql: Sql, secret: string) {
    super();
    this.sql = sql;
    this.positions = new ChangePositions(secret);
  }

  async read(query: ChangeQuery, signal?: AbortSignal): Promise<ChangePage> {
    checkPage({ kind: 'number', limit: query.limit, offset: 0 });
    const epoch = await readEpoch(this.sql, signal);
    const after = query.after === undefined ? beginning(epoch) : this.positions.read(query.after, epoch.epoch);
    const collections = query.collections?.filter(isStorableText);
    const { found, hasMore } = await readChanges(this.sql, { after, epoch, limit: query.limit, collections }, signal);
    const reached = hasMore ? (found.at(-1)?.place ?? after) : endOf(epoch);
    return {
      changes: found.map((placed) => this.change(placed, after, epoch)),
      position: this.positions.write(reached, epoch.epoch),
      hasMore,
    };
  }

  async head(): Promise<string> {
    const epoch = await readEpoch(this.sql);
    return this.positions.write(endOf(epoch), epoch.epoch);
  }

  completeUntil(): Promise<Date> {
    return readCompleteUntil(this.sql);
  }

  async deleted(query: DeletedQuery, signal?: AbortSignal): Promise<DeletedPage> {
    checkPage({ kind: 'number', limit: query.limit, offset: query.offset });
    checkSort(query.sort);
    if (query.filter !== undefined) checkFilterLimits(query.filter);
    return readDeleted(this.sql, query, signal);
  }

  private change({ what, place }: PlacedChange, after: ChangePlace, { epoch }: ChangeEpoch): CatalogChange {
    const position = this.positions.write(place, epoch);
    if (what.kind === 'deleted') {
      return { kind: 'deleted', tombstone: what.tombstone, at: what.tombstone.deleted, position };
    }
    const { product, createdXid } = what;
    const isNew = isOfFirstPass(place) || createdXid === place.xid || isBehind(createdXid, after);
    return { kind: isNew ? 'created' : 'modified', product, at: product.updated ?? new Date(0), position };
  }
}

function beginning({ horizon, restoredSeq }: ChangeEpoch): ChangePlace {
  return { restored: restoredSeq !== '0', xid: '0', seq: '0', firstUntil: horizon };
}

/** Where everything that may be read is read: the next reader goes on with the transactions that still run. */
function endOf({ horizon }: ChangeEpoch): ChangePlace {
  return { restored: false, xid: String(BigInt(horizon) - 1n), seq: LAST_SEQ, firstUntil: '0' };
}

/** Stood there already when a reader that has not yet come to an end began: it cannot have seen it before. */
function isOfFirstPass({ restored, xid, firstUntil }: ChangePlace): boolean {
  return restored || BigInt(xid) < BigInt(firstUntil);
}

function isBehind(createdXid: string | null, after: ChangePlace): boolean {
  return createdXid !== null && BigInt(createdXid) > BigInt(after.xid);
}
