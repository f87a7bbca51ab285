import type { Collection } from '#domain/collection/collection.js';
import type { CollectionSummary } from '#domain/ports/product-catalog.js';
import { ConflictError, InvalidError, PreconditionFailedError } from '#domain/errors.js';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { errorCode } from './database-error.js';
import type { Sql } from './sql.js';

interface SummaryRow {
  readonly definition: Collection;
  readonly count: number;
  readonly acquired_from: Date | null;
  readonly acquired_to: Date | null;
  readonly bbox: BoundingBox | null;
  readonly revision: string;
}

/** Of the row `c`. */
const REVISION = `md5(c.definition::text)`;

/** The collections with their exact counts and extents, by id. */
export async function readCollections(sql: Sql): Promise<readonly CollectionSummary[]> {
  const rows = await sql.query<SummaryRow>(
    `select c.definition, ${REVISION} as revision, coalesce(t.products, 0)::bigint as count, first.acquired_from, last.acquired_to,
       case when t.extent is not null
         then json_build_array(st_xmin(t.extent), st_ymin(t.extent), st_xmax(t.extent), st_ymax(t.extent)) end as bbox
     from catalogue.collection c
     left join (
       select collection, sum(products) as products, st_extent(extent::geometry)::box3d as extent
       from catalogue.tally where day = '-infinity' group by collection having sum(products) > 0
     ) t on t.collection = c.id
     left join lateral (
       select p.acquired_from from catalogue.product p where p.collection = c.id and t.products > 0
       order by p.acquired_from limit 1
     ) first on true
     left join lateral (
       select p.acquired_from from catalogue.product p where p.collection = c.id and t.products > 0
       order by p.acquired_from desc limit 1
     ) newest on true
     left join lateral (
       select max(p.acquired_to) as acquired_to from catalogue.product p
       where p.collection = c.id and p.acquired_from >= newest.acquired_from - c.longest
     ) last on true
     order by c.id`,
    [],
  );
  return rows.map(summary);
}

function summary({ definition, count, acquired_from, acquired_to, bbox, revision }: SummaryRow): CollectionSummary {
  return {
    collection: definition,
    count,
    revision,
    ...(acquired_from === null ? {} : { acquiredFrom: acquired_from }),
    ...(acquired_to === null ? {} : { acquiredTo: acquired_to }),
    ...(bbox === null ? {} : { bbox }),
  };
}

/** Brings the table of collections up to these definitions; one that is no longer among them stays. Writes only what changed. */
export async function seedCollections(sql: Sql, collections: readonly Collection[]): Promise<void> {
  const rows = collections.map((definition) => ({ id: definition.id, short_name: definition.shortName, definition }));
  await sql.execute(
    `insert into catalogue.collection as c (id, short_name, definition)
     select id, short_name, definition from jsonb_to_recordset($1::jsonb) as given (id text collate "C", short_name text, definition jsonb)
     order by id
     on conflict (id) do update set short_name = excluded.short_name, definition = excluded.definition
     where c.definition <> excluded.definition or c.short_name <> excluded.short_name`,
    [JSON.stringify(rows)],
  );
}

const COLLECTION_ID = /^[A-Za-z0-9][\w.:-]{0,199}$/;

/** `ProductStore.registerCollection`. */
export async function writeCollectionRow(sql: Sql, collection: Collection, expected?: string | null): Promise<void> {
  if (!COLLECTION_ID.test(collection.id))
    throw new InvalidError(`A collection cannot be called ${collection.id.slice(0, 100)}.`, { subject: 'id' });
  try {
    await sql.transaction(async (inner) => {
      await holdCollection(inner, collection.id);
      if (expected !== undefined) await requireRevision(inner, collection.id, expected);
      await seedCollections(inner, [collection]);
    });
  } catch (error) {
    if (errorCode(error) !== '23505') throw error;
    throw new ConflictError(`Another collection has the short name ${collection.shortName}.`, { cause: error });
  }
}

/**
 * `ProductStore.removeCollection`. The lock waits for everybody who is publishing, and they look for their collections after they took their keys:
 * none gets a product into a collection that goes.
 */
export function removeCollectionRow(sql: Sql, id: string, expected?: string): Promise<boolean> {
  return sql.transaction(async (inner) => {
    // First, as who publishes takes keys first: neither waits for the other in a circle.
    await inner.execute('lock table catalogue.product_key in share row exclusive mode');
    await holdCollection(inner, id);
    if (expected !== undefined) await requireRevision(inner, id, expected);
    const [product] = await inner.query<{ id: string }>(
      'select id from catalogue.product_key where collection = $1 limit 1',
      [id],
    );
    if (product !== undefined)
      throw new ConflictError(`The collection ${id} has products, ${product.id} among them: remove them first.`, {
        subject: id,
      });
    return (await inner.execute('delete from catalogue.collection where id = $1', [id])) > 0;
  });
}

/** Keeps others from writing the collection, also while there is none of the name, until the transaction ends. */
async function holdCollection(sql: Sql, id: string): Promise<void> {
  await sql.execute('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`collection ${id}`]);
}

async function requireRevision(sql: Sql, id: string, expected: string | null): Promise<void> {
  const [found] = await sql.query<{ revision: string }>(
    `select ${REVISION} as revision from catalogue.collection c where c.id = $1 for update`,
    [id],
  );
  if ((found?.revision ?? null) === expected) return;
  const reason = expected === null ? 'exists already' : 'is not what it was when it was read';
  throw new PreconditionFailedError(`The collection ${id} ${reason}.`, { subject: id });
}
