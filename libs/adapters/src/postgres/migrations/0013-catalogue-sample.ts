import { Migration } from '../migration.js';

/** What of a product's uuid (version 5: hashed) decides whether it is in the sample, and how coarse a sample has it. */
const bits = (row: string) => `get_byte(uuid_send(${row}.uuid), 15) & 15 = 0`;
const LEVEL = (row: string) =>
  `case when get_byte(uuid_send(${row}.uuid), 14) & 31 = 0 then 512 when get_byte(uuid_send(${row}.uuid), 14) & 3 = 0 then 64 else 16 end`;

const quoted = (sql: string) => `$sql$${sql}$sql$`;

const partition = (level: number): readonly string[] => [
  `create table catalogue.sample_${level} partition of catalogue.sample for values in (${level}) with (parallel_workers = 0)`,
  `alter table catalogue.sample_${level} add primary key (acquired_from, collection, id)`,
  `create index sample_${level}_footprint on catalogue.sample_${level} using gist (footprint)`,
];

const trigger = (name: string, event: string, row: string) =>
  `create trigger ${name} after ${event} on catalogue.product for each row when (${bits(row)}) execute function catalogue.keep_sample()`;

/**
 * Every 16th product by chance, without assets and content, to estimate counts from whatever the filter: one in 512 in the first table, together with the
 * second one in 64, with all three one in 16. The columns are the product's, in its order: a step that adds one there adds it here before `level`.
 */
export class CatalogueSample extends Migration {
  readonly name = 'catalogue-sample-0000000000013';
  protected readonly statements = [
    'create table catalogue.sample (like catalogue.product, level smallint not null) partition by list (level)',
    ...[512, 64, 16].flatMap(partition),
    `create function catalogue.keep_sample() returns trigger language plpgsql as $$
    begin
      if tg_op <> 'INSERT' then
        delete from catalogue.sample s where s.level = ${LEVEL('old')}
          and s.acquired_from = old.acquired_from and s.collection = old.collection and s.id = old.id;
      end if;
      if tg_op <> 'DELETE' then
        new.assets := '{}';
        new.content := null;
        -- Rows moved to a new partition come a second time.
        insert into catalogue.sample values (new.*, ${LEVEL('new')}) on conflict do nothing;
      end if;
      return null;
    end $$`,
    trigger('sample_inserted', 'insert', 'new'),
    trigger('sample_updated', 'update', 'old'),
    trigger('sample_deleted', 'delete', 'old'),
    `do $$
    declare
      columns text := (select string_agg(
          case attname when 'assets' then '''{}''' when 'content' then 'null' else 'p.' || quote_ident(attname) end, ', ' order by attnum)
        from pg_attribute where attrelid = 'catalogue.product'::regclass and attnum > 0 and not attisdropped);
    begin
      execute format('insert into catalogue.sample select %s, %s from catalogue.product p where %s', columns,
        ${quoted(LEVEL('p'))}, ${quoted(bits('p'))});
    end $$`,
  ];
}
