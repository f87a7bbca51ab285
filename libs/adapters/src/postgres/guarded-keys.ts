import { ConflictError, PreconditionFailedError } from '#domain/errors.js';
import type { ChangeContext } from '#domain/ports/product-store.js';
import type { ProductKey } from '#domain/product/product.js';
import type { ClaimedKey } from './publish-products.js';
import type { Sql } from './sql.js';

/** What was found of guarded keys: those that stood are locked, of the others it is checked that nobody took them meanwhile. */
export interface KeyGuard {
  /** To be called with the keys then claimed, by `collection/id`. Throws PreconditionFailedError. */
  check(claimed: ReadonlyMap<string, ClaimedKey>): void;
}

type Terms = Pick<ChangeContext, 'expected' | 'refuseHeld'>;

/**
 * Locks those of the keys that somebody has expectations of, in key order as claimKeys does, and compares. Throws PreconditionFailedError where a
 * product is otherwise, ConflictError where it is held and must not be.
 */
export async function lockGuarded(sql: Sql, keys: readonly ProductKey[], terms: Terms): Promise<KeyGuard> {
  const expected = new Map(terms.expected?.map((each) => [keyText(each), each.revision]));
  const guarded = terms.refuseHeld === true ? keys : keys.filter((key) => expected.has(keyText(key)));
  if (guarded.length === 0) return { check: () => undefined };
  const standing = new Map((await lockKeys(sql, guarded)).map((key) => [keyText(key), key]));
  for (const key of guarded) {
    const found = standing.get(keyText(key));
    requireExpected(key, found, expected.get(keyText(key)));
    if (terms.refuseHeld === true && found?.held === true) throw held(key);
  }
  const absent = guarded.filter((key) => !standing.has(keyText(key)));
  return { check: (claimed) => requireNew(absent, claimed, expected) };
}

/** Nothing is expected where `revision` is undefined, no product where it is null. */
function requireExpected(key: ProductKey, found: StandingKey | undefined, revision: string | null | undefined): void {
  if (revision !== undefined && revision !== (found?.revision ?? null)) throw otherwise(key, revision);
}

interface StandingKey extends ProductKey {
  readonly revision: string;
  readonly held: boolean;
}

function lockKeys(sql: Sql, keys: readonly ProductKey[]): Promise<StandingKey[]> {
  return sql.query<StandingKey>(
    `select k.id, k.collection, encode(k.content_hash, 'hex') as revision, k.held from catalogue.product_key k
     where (k.id, k.collection) in (select id, collection from jsonb_to_recordset($1::jsonb) as given (id text collate "C", collection text collate "C"))
     order by k.id, k.collection for update of k`,
    [JSON.stringify(keys.map(({ collection, id }) => ({ collection, id })))],
  );
}

/** There was no row to lock: whoever was quicker shows in what was claimed. */
function requireNew(
  absent: readonly ProductKey[],
  claimed: ReadonlyMap<string, ClaimedKey>,
  expected: ReadonlyMap<string, string | null>,
): void {
  for (const key of absent) {
    const own = claimed.get(keyText(key));
    const isNew = own === undefined ? !expected.has(keyText(key)) : own.previous_from === null;
    if (!isNew) throw otherwise(key, null);
  }
}

function otherwise({ collection, id }: ProductKey, revision: string | null): PreconditionFailedError {
  const reason = revision === null ? 'exists already' : 'is not what it was when it was read';
  return new PreconditionFailedError(`The product ${id} of ${collection} ${reason}.`, { subject: id });
}

function held({ collection, id }: ProductKey): ConflictError {
  return new ConflictError(
    `The data of ${id} (${collection}) is held by this mirror: it is changed and removed where it was taken in.`,
    { subject: id },
  );
}

function keyText({ collection, id }: ProductKey): string {
  return `${collection}/${id}`;
}
