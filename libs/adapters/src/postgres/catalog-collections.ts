import type { Collection } from '#domain/collection/collection.js';
import type { CollectionSummary } from '#domain/ports/product-catalog.js';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import type { Sql } from './sql.js';

interface SummaryRow {
  readonly definition: Collection;
  readonly count: number;
  readonly acquired_from: Date | null;
  readonly acquired_to: Date | null;
  readonly bbox: BoundingBox | null;
}

/** The collections (one where `id` is given) with their exact counts and extents, by id. */
export async function readCollections(sql: Sql, id?: string): Promise<readonly CollectionSummary[]> {
  const rows = await sql.query<SummaryRow>(
    `select c.definition, coalesce(t.products, 0)::bigint as count, first.acquired_from, last.acquired_to,
       case when t.extent is not null
         then json_build_array(st_xmin(t.extent), st_ymin(t.extent), st_xmax(t.extent), st_ymax(t.extent)) end as bbox
     from catalogue.collection c
     left join (
       select collection, sum(products) as products, st_extent(extent::geometry)::box3d as extent
       from catalogue.tally where day = '-infinity' and ($1::text is null or collection = $1) group by collection having sum(products) > 0
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
     where $1::text is null or c.id = $1
     order by c.id`,
    [id ?? null],
  );
  return rows.map(summary);
}

function summary({ definition, count, acquired_from, acquired_to, bbox }: SummaryRow): CollectionSummary {
  return {
    collection: definition,
    count,
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
