import { OverviewIndex, type BuiltPart, type OverviewPart, type StalePart } from '#domain/ports/overview-index.js';
import type { OverviewPlace } from '#domain/view/overview-grid.js';
import type { Sql } from './sql.js';

const PLACE = 'collection, level, part_column as "column", part_row as "row"';
const DUE_IN = (parameter: number): string => `clock_timestamp() + make_interval(secs => $${parameter}::float8)`;

/** Overviews in `view.overview`; a part waits while it was touched more often than it was built. Times are the database's. */
export class PostgresOverviewIndex extends OverviewIndex {
  constructor(private readonly sql: Sql) {
    super();
  }

  override async touch(parts: readonly OverviewPart[], delay: number): Promise<void> {
    if (parts.length === 0) return;
    // In one order, so that two who touch the same parts do not wait for each other.
    await this.sql.execute(
      `insert into view.overview as o (collection, level, part_column, part_row, due)
       select p.collection, p.level, p.part_column, p.part_row, ${DUE_IN(5)}
       from (select distinct * from unnest($1::text[], $2::smallint[], $3::integer[], $4::integer[])
               as given (collection, level, part_column, part_row)) p
       order by 1, 2, 3, 4
       on conflict (collection, level, part_column, part_row) do update set touched = o.touched + 1,
         due = case when o.touched > o.built then o.due else excluded.due end`,
      [
        parts.map(({ collection }) => collection),
        parts.map(({ level }) => level),
        parts.map(({ column }) => column),
        parts.map(({ row }) => row),
        delay,
      ],
    );
  }

  override async touchProduct(
    { collection, id }: { readonly collection: string; readonly id: string },
    delay: number,
  ): Promise<void> {
    await this.sql.execute(
      `update view.overview set touched = touched + 1, due = case when touched > built then due else ${DUE_IN(3)} end
       where products @> array[$2::text] and collection = $1`,
      [collection, id, delay],
    );
  }

  override async take(seconds: number): Promise<StalePart | undefined> {
    const rows = await this.sql.query<StalePart>(
      `update view.overview set held_until = ${DUE_IN(1)}
       where (collection, level, part_column, part_row) = (
         select collection, level, part_column, part_row from view.overview
         where touched > built and due <= clock_timestamp() and coalesce(held_until, '-infinity') < clock_timestamp()
         order by level, due limit 1 for update skip locked)
       returning ${PLACE}, touched::text as revision`,
      [seconds],
    );
    return rows[0];
  }

  override async built(
    { collection, level, column, row, revision }: StalePart,
    { etag, products, delay }: { readonly etag?: string; readonly products: readonly string[]; readonly delay: number },
  ): Promise<void> {
    await this.sql.execute(
      `update view.overview set built = $5::bigint, etag = $6, products = $7::text[], held_until = null, due = ${DUE_IN(8)}
       where collection = $1 and level = $2 and part_column = $3 and part_row = $4 and built < $5::bigint`,
      [collection, level, column, row, revision, etag ?? null, products, delay],
    );
  }

  override async find(collection: string, places: readonly OverviewPlace[]): Promise<readonly Required<BuiltPart>[]> {
    return this.sql.query<Required<BuiltPart>>(
      `select ${PLACE}, etag from view.overview
       where collection = $1 and etag is not null and (level, part_column, part_row) in (
         select * from unnest($2::smallint[], $3::integer[], $4::integer[]))
       order by level, part_column, part_row`,
      [collection, places.map(({ level }) => level), places.map(({ column }) => column), places.map(({ row }) => row)],
    );
  }

  override async knows(collection: string): Promise<boolean> {
    const rows = await this.sql.query('select 1 from view.overview where collection = $1 limit 1', [collection]);
    return rows.length > 0;
  }
}
