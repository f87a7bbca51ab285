import { randomUUID } from 'node:crypto';
import type { Collection } from '#domain/collection/collection.js';
import { InvalidError } from '#domain/errors.js';
import type { DomainEvent } from '#domain/event/event.js';
import { PRODUCT_DELETED, PRODUCT_PUBLISHED, type ProductEventData } from '#domain/event/product-events.js';
import {
  ProductStore,
  type ChangeContext,
  type DeletionCause,
  type PublishOutcome,
} from '#domain/ports/product-store.js';
import type { Product, ProductKey } from '#domain/product/product.js';
import { appendEvents } from './append-events.js';
import { removeCollectionRow, writeCollectionRow } from './catalog-collections.js';
import { lockGuarded } from './guarded-keys.js';
import { insertRows } from './insert-products.js';
import { productRecord, type ProductRecord } from './product-record.js';
import {
  claimKeys,
  deleteRows,
  differingKeys,
  lockScenes,
  relink,
  removeKey,
  sceneLinks,
  type Claimant,
  type ClaimedKey,
} from './publish-products.js';
import { repeatCollision } from './repeat-collision.js';
import type { Sql } from './sql.js';

/** The catalogue's write side in PostgreSQL: rows, links, tallies, tombstones and events commit together. */
export class PostgresProductStore extends ProductStore {
  private readonly sql: Sql;

  constructor(sql: Sql) {
    super();
    this.sql = sql;
  }

  async publish(products: readonly Product[], context: ChangeContext): Promise<readonly PublishOutcome[]> {
    const batches = withoutRepeats(products.map(productRecord));
    return repeatCollision(() =>
      this.sql.transaction(async (sql) => {
        const outcomes: PublishOutcome[] = [];
        for (const batch of batches) outcomes.push(...(await publishBatch(sql, batch, context)));
        return outcomes;
      }),
    );
  }

  remove(key: ProductKey, cause: DeletionCause, context: ChangeContext): Promise<boolean> {
    return this.sql.transaction(async (sql) => {
      await lockGuarded(sql, [key], context);
      const gone = await removeKey(sql, key, claimant(context));
      if (gone === undefined) return false;
      const scenes = gone.scene === null ? [] : [{ collection: gone.collection, scene: gone.scene }];
      const relinked = await linkScenes(sql, scenes, new Set());
      await deleteRows(sql, [gone]);
      await sql.execute('insert into catalogue.tombstone (uuid, collection, id, cause) values ($1, $2, $3, $4)', [
        gone.uuid,
        gone.collection,
        gone.id,
        cause,
      ]);
      const changes = [{ ...gone, change: 'deleted' as const }, ...relinked.changed];
      await appendEvents(
        sql,
        changes.map((change) => productEvent(change, context)),
      );
      return true;
    });
  }

  registerCollection(collection: Collection, expected?: string | null): Promise<void> {
    return writeCollectionRow(this.sql, collection, expected);
  }

  removeCollection(id: string, expected?: string): Promise<boolean> {
    return removeCollectionRow(this.sql, id, expected);
  }
}

function claimant({ source, keepHeld = false }: ChangeContext): Claimant {
  return { writer: source, keepHeld };
}

/** "In order": a product given twice in one call is written twice. */
function withoutRepeats(records: readonly ProductRecord[]): readonly (readonly ProductRecord[])[] {
  const batches: ProductRecord[][] = [];
  let seen = new Set<string>();
  for (const record of records) {
    if (batches.length === 0 || seen.has(keyText(record))) {
      batches.push([]);
      seen = new Set();
    }
    seen.add(keyText(record));
    batches.at(-1)?.push(record);
  }
  return batches;
}

async function publishBatch(
  sql: Sql,
  records: readonly ProductRecord[],
  context: ChangeContext,
): Promise<readonly PublishOutcome[]> {
  const guard = await lockGuarded(sql, records, context);
  const claimed = new Map((await claimKeys(sql, records, claimant(context))).map((key) => [keyText(key), key]));
  guard.check(claimed);
  // After the keys are taken: see removeCollectionRow.
  await requireCollections(sql, records);
  const written = records.filter((record) => claimed.has(keyText(record)));
  if (written.length > 0) await writeBatch(sql, { written, claimed, context });
  const kept = context.keepHeld === true ? await keptOf(sql, records, claimed) : new Set<string>();
  return records.map((record) => ({
    key: { collection: record.collection, id: record.id },
    change: kept.has(keyText(record)) ? 'kept' : changeOf(claimed.get(keyText(record))),
  }));
}

/** What differs and yet was not claimed. */
async function keptOf(
  sql: Sql,
  records: readonly ProductRecord[],
  claimed: ReadonlyMap<string, ClaimedKey>,
): Promise<ReadonlySet<string>> {
  const left = records.filter((record) => !claimed.has(keyText(record)));
  return new Set(left.length === 0 ? [] : (await differingKeys(sql, left)).map(keyText));
}

interface Batch {
  readonly written: readonly ProductRecord[];
  readonly claimed: ReadonlyMap<string, ClaimedKey>;
  readonly context: ChangeContext;
}

async function writeBatch(sql: Sql, { written, claimed, context }: Batch): Promise<void> {
  const keys = new Set(written.map(keyText));
  const replaced = [...claimed.values()].flatMap(({ collection, id, previous_from: from }) =>
    from === null ? [] : [{ collection, id, acquired_from: from }],
  );
  const { links, changed } = await linkScenes(sql, scenesOf(written, claimed), keys);
  if (replaced.length > 0) await deleteRows(sql, replaced);
  await insertRows(
    sql,
    written.flatMap((record) => {
      const key = claimed.get(keyText(record));
      return key === undefined
        ? []
        : [{ record, columns: { published: key.published, ...links.get(keyText(record)) } }];
    }),
  );
  await noteLongest(sql, written);
  const own: readonly ProductEventData[] = written.map((record) => ({
    ...record,
    change: claimed.get(keyText(record))?.previous_from === null ? 'created' : 'modified',
  }));
  await appendEvents(
    sql,
    [...own, ...changed].map((change) => productEvent(change, context)),
  );
}

function scenesOf(written: readonly ProductRecord[], claimed: ReadonlyMap<string, ClaimedKey>) {
  const now = written.flatMap(({ collection, scene }) =>
    scene === undefined ? [] : [{ collection, scene: scene.id }],
  );
  const before = [...claimed.values()].flatMap(({ collection, previous_scene: scene }) =>
    scene === null ? [] : [{ collection, scene }],
  );
  return [...now, ...before];
}

/** Links the scenes' processings; rows of `own` are not there yet and take their links with them. */
async function linkScenes(
  sql: Sql,
  scenes: readonly { collection: string; scene: string }[],
  own: ReadonlySet<string>,
) {
  if (scenes.length === 0)
    return { links: new Map<string, { predecessor: string | null; successor: string | null }>(), changed: [] };
  await lockScenes(sql, scenes);
  const all = await sceneLinks(sql, scenes);
  const others = all.filter((link) => !own.has(keyText(link)));
  const relinked = others.length === 0 ? [] : await relink(sql, others);
  return {
    links: new Map(all.map((link) => [keyText(link), { predecessor: link.predecessor, successor: link.successor }])),
    changed: relinked.map((key) => ({ ...key, change: 'modified' as const })),
  };
}

async function requireCollections(sql: Sql, records: readonly ProductRecord[]): Promise<void> {
  const wanted = [...new Set(records.map(({ collection }) => collection))];
  const found = await sql.query<{ id: string }>('select id from catalogue.collection where id = any($1::text[])', [
    wanted,
  ]);
  const known = new Set(found.map(({ id }) => id));
  const stray = records.find(({ collection }) => !known.has(collection));
  if (stray === undefined) return;
  throw new InvalidError(
    `The product ${stray.id} is of collection ${stray.collection}, which this mirror does not have.`,
    {
      subject: stray.id,
    },
  );
}

/** Seldom writes: only a product longer than all before. */
async function noteLongest(sql: Sql, written: readonly ProductRecord[]): Promise<void> {
  const longest = new Map<string, number>();
  for (const { collection, acquiredFrom, acquiredTo } of written) {
    const length = acquiredTo.getTime() - acquiredFrom.getTime();
    longest.set(collection, Math.max(length, longest.get(collection) ?? 0));
  }
  await sql.execute(
    `update catalogue.collection c set longest = make_interval(secs => given.ms / 1000.0)
     from unnest($1::text[], $2::bigint[]) as given (id, ms)
     where c.id = given.id and extract(epoch from c.longest) * 1000 < given.ms`,
    [[...longest.keys()], [...longest.values()]],
  );
}

function changeOf(key: ClaimedKey | undefined): PublishOutcome['change'] {
  if (key === undefined) return 'unchanged';
  return key.previous_from === null ? 'created' : 'modified';
}

function productEvent(
  { uuid, collection, id, change }: ProductEventData,
  { source, requestId }: ChangeContext,
): DomainEvent<ProductEventData> {
  return {
    id: randomUUID(),
    type: change === 'deleted' ? PRODUCT_DELETED : PRODUCT_PUBLISHED,
    source,
    subject: `${collection}/${id}`,
    time: new Date(),
    ...(requestId === undefined ? {} : { requestId }),
    data: { uuid, collection, id, change },
  };
}

function keyText({ collection, id }: ProductKey): string {
  return `${collection}/${id}`;
}
