import { maintainCatalogue } from '#adapters/postgres/maintain-catalogue.js';
import type { Sql } from '#adapters/postgres/sql.js';
import { benchDatabase } from './bench-database.js';

/**
 * `node dist/test/bench/clone-items.js [target] [workers]`: brings a filled catalogue to about `target` items inside the server, by copies of every item
 * with another id, uuid, time, place and clouds. Indexes are dropped and built again, which is many times faster than keeping them up. For measuring only:
 * nobody else may write meanwhile, and a run that was stopped leaves a database to be thrown away.
 */
const target = Number(process.argv[2] ?? 10_000_000);
const workers = Number(process.argv[3] ?? 2);

const HOUR_MS = 3_600_000;
const database = await benchDatabase(HOUR_MS);
const { sql } = database;
const started = performance.now();
const say = (what: string) => console.log(`${((performance.now() - started) / 1000).toFixed(0)} s: ${what}`);

/** What a copy has instead; `k` is its number, `p` the original. */
const CHANGED: Readonly<Record<string, string>> = {
  uuid: `md5(p.uuid::text || k)::uuid`,
  id: `p.id || '_c' || k`,
  acquired_from: `p.acquired_from + k * interval '11 hours 13 minutes 17 seconds'`,
  acquired_to: `p.acquired_to + k * interval '11 hours 13 minutes 17 seconds'`,
  published: `p.published - k * interval '20 minutes'`,
  updated: `p.updated - k * interval '20 minutes'`,
  cloud_cover: `case when p.cloud_cover in (0, 100) then p.cloud_cover
    else round(((p.cloud_cover + k * 9.7)::numeric % 100), 4)::double precision end`,
  footprint: `case when st_xmin(p.footprint) > -176 and st_xmax(p.footprint) < 176 and st_ymin(p.footprint) > -85 and st_ymax(p.footprint) < 85
    then st_translate(p.footprint, 0.37 * (k % 11 - 5), 0.23 * (k % 7 - 3)) else p.footprint end`,
  scene: `p.scene || '_c' || k`,
  predecessor: `p.predecessor || '_c' || k`,
  successor: `p.successor || '_c' || k`,
  change_xid: 'pg_current_xact_id()',
  change_seq: `nextval('catalogue.change_seq')`,
};

const [found] = await sql.query<{ n: number }>('select count(*) as n from catalogue.product_key');
const copies = Math.round(target / (found?.n ?? 0)) - 1;
if (!(copies > 0)) throw new Error(`There are ${found?.n ?? 0} items: load some, or ask for more.`);
say(`${found?.n} items, ${copies} copies of each`);

interface Named {
  readonly name: string;
  readonly definition: string;
}

/** Indexes and keys of the two large tables, without those of partitions. */
const INDEXES = `select i.indexrelid::regclass::text as name, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') as definition
  from pg_index i left join pg_constraint c on c.conindid = i.indexrelid
  where i.indrelid in ('catalogue.product'::regclass, 'catalogue.product_key'::regclass) and c.oid is null`;
const KEYS = `select format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as name,
    format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) as definition
  from pg_constraint c where c.conrelid in ('catalogue.product'::regclass, 'catalogue.product_key'::regclass) and c.contype in ('p', 'u')`;
const indexes = await sql.query<Named>(INDEXES);
const keys = await sql.query<Named>(KEYS);
const columns = await sql.query<{ name: string }>(
  `select attname as name from pg_attribute where attrelid = 'catalogue.product'::regclass and attnum > 0 and not attisdropped`,
);
const partitions = await sql.query<{ name: string }>(
  `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'catalogue.product'::regclass
   order by pg_relation_size(inhrelid) desc`,
);

/** Runs statements on several connections, the first ones first. */
async function inParallel(statements: readonly string[]): Promise<void> {
  const waiting = [...statements];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await bulk(next);
  };
  await Promise.all(Array.from({ length: workers }, worker));
}

function bulk(statement: string): Promise<number> {
  return sql.transaction(async (inside: Sql) => {
    await inside.execute(`set local maintenance_work_mem = '1GB'`);
    await inside.execute(`set local work_mem = '256MB'`);
    return inside.execute(statement);
  });
}

for (const { name } of indexes) await sql.execute(`drop index ${name}`);
for (const { name } of keys) await sql.execute(name);
say(`${indexes.length + keys.length} indexes dropped`);

const names = columns.map(({ name }) => name);
const DAY = `(acquired_from at time zone 'UTC')::date`;
await inParallel(
  partitions.map(
    ({ name }) => `with written as (
        insert into catalogue.product (${names.join(', ')})
        select ${names.map((column) => CHANGED[column] ?? `p.${column}`).join(', ')}
        from ${name} p, generate_series(1, ${copies}) as k
        returning collection, id, uuid, acquired_from, scene, version, published, footprint
      ), keyed as (
        insert into catalogue.product_key (id, collection, uuid, acquired_from, content_hash, scene, version, published)
        select id, collection, uuid, acquired_from, decode(md5(id) || md5(id), 'hex'), scene, version, published from written
      )
      insert into catalogue.tally (collection, day, products, extent)
      select collection, coalesce(${DAY}, '-infinity'), count(*), st_extent(footprint)::box2d from written
      group by grouping sets ((collection, ${DAY}), (collection))`,
  ),
);
say('items copied');

await inParallel([...keys, ...indexes].map(({ definition }) => definition));
say('indexes built');

await maintainCatalogue(sql);
await sql.execute('vacuum full analyze catalogue.tally');
await sql.execute('vacuum analyze catalogue.product');
await sql.execute('analyze catalogue.product_key');
const [now] = await sql.query<{ n: number; size: string }>(
  `select (select sum(products) from catalogue.tally where day = '-infinity')::bigint as n, pg_size_pretty(pg_database_size(current_database())) as size`,
);
say(`${now?.n} items, ${now?.size}`);
await database.close();
