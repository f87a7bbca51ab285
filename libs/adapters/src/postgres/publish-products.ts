import type { ProductKey } from '#domain/product/product.js';
import type { ProductRecord } from './product-record.js';
import type { Sql } from './sql.js';
import { BY_DAY_AND_IN_ALL, TALLY_DAY } from './tally-day.js';

/** A key taken for writing: what stood there before is gone or never was. */
export interface ClaimedKey extends ProductKey {
  readonly published: Date;
  readonly previous_from: Date | null;
  readonly previous_scene: string | null;
}

/** Where a product stands among the processings of its scene. */
export interface SceneLink extends ProductKey {
  readonly predecessor: string | null;
  readonly successor: string | null;
}

/** Who writes, and whether what others wrote or hold stays as it is. */
export interface Claimant {
  readonly writer: string;
  readonly keepHeld: boolean;
}

/** A careful claimant touches only its own; a writer that was never noted is somebody else. */
const OPEN_TO_CLAIMANT = (keepHeld: string, writer: string): string =>
  `(not ${keepHeld}::boolean or (not k.held and k.writer = ${writer}))`;

/**
 * Takes the keys of new and changed products, in key order, so that two writers never wait for each other in a circle.
 * Keys of unchanged products are neither written nor locked.
 */
export function claimKeys(sql: Sql, records: readonly ProductRecord[], by: Claimant): Promise<ClaimedKey[]> {
  const keys = records.map(({ collection, id, uuid, hash, acquiredFrom, scene, held }) => ({
    collection,
    id,
    uuid,
    hash,
    acquired_from: acquiredFrom,
    scene: scene?.id,
    version: scene?.version,
    held,
  }));
  return sql.query<ClaimedKey>(
    `insert into catalogue.product_key as k (id, collection, uuid, acquired_from, content_hash, scene, version, held, writer)
     select id, collection, uuid, acquired_from, decode(hash, 'hex'), scene, version, held, $2
     from jsonb_to_recordset($1::jsonb) as given
       (id text collate "C", collection text collate "C", uuid uuid, hash text, acquired_from timestamptz, scene text, version text, held boolean)
     where not exists (select from catalogue.product_key same
       where same.id = given.id and same.collection = given.collection and same.content_hash = decode(given.hash, 'hex'))
     order by id, collection
     on conflict (id, collection) do update set uuid = excluded.uuid, acquired_from = excluded.acquired_from,
       content_hash = excluded.content_hash, scene = excluded.scene, version = excluded.version,
       held = excluded.held, writer = excluded.writer, previous_from = k.acquired_from, previous_scene = k.scene
     where k.content_hash <> excluded.content_hash and ${OPEN_TO_CLAIMANT('$3', '$2')}
     returning id, collection, published, previous_from, previous_scene`,
    [JSON.stringify(keys), by.writer, by.keepHeld],
  );
}

/** Those of the records that stand in the catalogue with other content. */
export function differingKeys(sql: Sql, records: readonly ProductRecord[]): Promise<ProductKey[]> {
  const keys = records.map(({ collection, id, hash }) => ({ collection, id, hash }));
  return sql.query<ProductKey>(
    `select k.id, k.collection
     from jsonb_to_recordset($1::jsonb) as given (id text, collection text, hash text)
     join catalogue.product_key k on k.id = given.id and k.collection = given.collection
     where k.content_hash <> decode(given.hash, 'hex')`,
    [JSON.stringify(keys)],
  );
}

/** A key that is no longer there, and what hung on it. */
export type RemovedKey = ProductKey & {
  readonly uuid: string;
  readonly acquired_from: Date;
  readonly scene: string | null;
};

/** Gives up a key; undefined where there is none or the claimant may not. */
export async function removeKey(sql: Sql, key: ProductKey, by: Claimant): Promise<RemovedKey | undefined> {
  const [gone] = await sql.query<RemovedKey>(
    `delete from catalogue.product_key k where k.id = $1 and k.collection = $2 and ${OPEN_TO_CLAIMANT('$4', '$3')}
     returning k.id, k.collection, k.uuid, k.acquired_from, k.scene`,
    [key.id, key.collection, by.writer, by.keepHeld],
  );
  return gone;
}

/** Locks scenes in order until the transaction ends: whoever links their processings next sees ours. */
export async function lockScenes(sql: Sql, scenes: readonly { collection: string; scene: string }[]): Promise<void> {
  await sql.execute(
    `insert into catalogue.scene as s (collection, scene)
     select distinct collection, scene from jsonb_to_recordset($1::jsonb) as given (collection text collate "C", scene text collate "C")
     order by collection, scene
     on conflict (collection, scene) do update set changes = s.changes + 1`,
    [JSON.stringify(scenes)],
  );
}

/** The links of every processing of the scenes, by version as text, then id. */
export function sceneLinks(sql: Sql, scenes: readonly { collection: string; scene: string }[]): Promise<SceneLink[]> {
  return sql.query<SceneLink>(
    `select collection, id, lag(id) over processing as predecessor, lead(id) over processing as successor
     from catalogue.product_key
     where (collection, scene) in (select collection, scene from jsonb_to_recordset($1::jsonb) as given (collection text, scene text))
     window processing as (partition by collection, scene order by version, id)`,
    [JSON.stringify(scenes)],
  );
}

/** Sets the links of products already there where they differ; returns those changed. */
export function relink(sql: Sql, links: readonly SceneLink[]): Promise<(ProductKey & { uuid: string })[]> {
  return sql.query(
    `update catalogue.product p
     set predecessor = link.predecessor, successor = link.successor, updated = now(),
       change_xid = pg_current_xact_id(), change_seq = nextval('catalogue.change_seq')
     from jsonb_to_recordset($1::jsonb) as link (collection text, id text, predecessor text, successor text)
     join catalogue.product_key k on k.id = link.id and k.collection = link.collection
     where p.acquired_from = k.acquired_from and p.collection = k.collection and p.id = k.id
       and (p.predecessor is distinct from link.predecessor or p.successor is distinct from link.successor)
     returning p.collection, p.id, p.uuid`,
    [JSON.stringify(links)],
  );
}

/** Takes away the rows that stood at keys before; returns how many there were. */
export function deleteRows(sql: Sql, keys: readonly (ProductKey & { acquired_from: Date })[]): Promise<number> {
  return sql.execute(
    `with gone as (
       delete from catalogue.product p
       using jsonb_to_recordset($1::jsonb) as old (collection text, id text, acquired_from timestamptz)
       where p.acquired_from = old.acquired_from and p.collection = old.collection and p.id = old.id
       returning p.collection, p.acquired_from
     )
     insert into catalogue.tally (collection, day, products)
     select collection, ${TALLY_DAY}, -count(*) from gone ${BY_DAY_AND_IN_ALL}`,
    [JSON.stringify(keys)],
  );
}
