import type { Tombstone } from '#domain/catalog/catalog-change.js';
import type { Product } from '#domain/product/product.js';
import type { ChangeEpoch } from './change-epoch.js';
import type { ChangePlace } from './change-position.js';
import { PRODUCT_COLUMNS, readProductRow, type ProductRow } from './product-row.js';
import type { Sql } from './sql.js';
import { SqlParameters } from './sql-parameters.js';
import { IN_FORCE, readTombstone, TOMBSTONE_COLUMNS, type TombstoneRow } from './tombstone-columns.js';

/** A change and where it stands; of a product the transaction that created it, where it is known and one of this server. */
export interface PlacedChange {
  readonly what:
    | { readonly kind: 'product'; readonly product: Product; readonly createdXid: string | null }
    | { readonly kind: 'deleted'; readonly tombstone: Tombstone };
  readonly place: ChangePlace;
}

/** Which changes to read. */
export interface ChangeStretch {
  readonly after: ChangePlace;
  readonly epoch: ChangeEpoch;
  readonly limit: number;
  readonly collections: readonly string[] | undefined;
}

/** The changes after a place, in order: first what a dump brought along, then this server's own up to the horizon. */
export async function readChanges(
  sql: Sql,
  stretch: ChangeStretch,
  signal?: AbortSignal,
): Promise<{ readonly found: readonly PlacedChange[]; readonly hasMore: boolean }> {
  const { after, epoch, limit } = stretch;
  const found: PlacedChange[] = [];
  if (after.restored && epoch.restoredSeq !== '0') {
    found.push(...(await readPart(sql, { ...stretch, wanted: limit + 1 }, signal)));
  }
  if (found.length <= limit) {
    const own = after.restored ? { ...after, restored: false, xid: '0', seq: '0' } : after;
    const wanted = limit + 1 - found.length;
    found.push(...(await readPart(sql, { ...stretch, after: own, wanted }, signal)));
  }
  return { found: found.slice(0, limit), hasMore: found.length > limit };
}

type Part = ChangeStretch & { readonly wanted: number };

/** The horizon was read in an earlier statement: what these see of the transactions before it is complete and can only have moved on since. */
async function readPart(sql: Sql, part: Part, signal: AbortSignal | undefined): Promise<PlacedChange[]> {
  const tombstones = partStatement(part, `${TOMBSTONE_COLUMNS} from`, 'catalogue.tombstone', IN_FORCE);
  const gone = await sql.query<TombstoneRow & ChangeColumns>(tombstones.text, tombstones.values, signal);
  const products = partStatement(part, `${PRODUCT_COLUMNS}, ${CREATED} from`, 'catalogue.product', 'true');
  const there = await sql.query<ProductRow & ChangeColumns & CreatedColumns>(products.text, products.values, signal);
  const place = ({ change_xid: xid, change_seq: seq }: ChangeColumns): ChangePlace => ({ ...part.after, xid, seq });
  const changes: PlacedChange[] = [
    ...gone.map((row) => ({
      what: { kind: 'deleted' as const, tombstone: readTombstone(row) },
      place: place(row),
    })),
    ...there.map((row) => ({
      what: { kind: 'product' as const, product: readProductRow(row), createdXid: createdXid(row, part.epoch) },
      place: place(row),
    })),
  ];
  return changes.toSorted((a, b) => comparePlaces(a.place, b.place)).slice(0, part.wanted);
}

interface ChangeColumns extends Readonly<Record<string, unknown>> {
  readonly change_xid: string;
  readonly change_seq: string;
}

interface CreatedColumns extends Readonly<Record<string, unknown>> {
  readonly created_xid: string | null;
  readonly published: Date;
}

const CREATED = `(select k.created_xid::text from catalogue.product_key k
  where k.id = p.id and k.collection = p.collection) as created_xid`;

function partStatement(part: Part, columns: string, table: string, condition: string) {
  const { after, epoch, collections } = part;
  const parameters = new SqlParameters();
  const where = [
    `(p.change_xid, p.change_seq) > (${parameters.add(after.xid, 'xid8')}, ${parameters.add(after.seq, 'bigint')})`,
    ...(after.restored ? [] : [`p.change_xid < ${parameters.add(epoch.horizon, 'xid8')}`]),
    ...(epoch.restoredSeq === '0'
      ? []
      : [`p.change_seq ${after.restored ? '<=' : '>'} ${parameters.add(epoch.restoredSeq, 'bigint')}`]),
    ...(collections === undefined ? [] : [`p.collection = any(${parameters.add(collections, 'text[]')})`]),
    condition,
  ];
  const text = `select p.change_xid::text as change_xid, p.change_seq::text as change_seq, ${columns} ${table} p
    where ${where.join(' and ')} order by p.change_xid, p.change_seq limit ${parameters.add(part.wanted, 'bigint')}`;
  return { text, values: parameters.values };
}

function createdXid(row: CreatedColumns, epoch: ChangeEpoch): string | null {
  const isForeign = epoch.restoredSeq !== '0' && row.published < epoch.since;
  return isForeign ? null : row.created_xid;
}

function comparePlaces(a: ChangePlace, b: ChangePlace): number {
  const byXid = BigInt(a.xid) - BigInt(b.xid);
  const order = byXid === 0n ? BigInt(a.seq) - BigInt(b.seq) : byXid;
  return order < 0n ? -1 : Number(order > 0n);
}
