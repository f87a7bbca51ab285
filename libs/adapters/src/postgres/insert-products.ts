import { CATALOG_COLUMNS } from './catalog-columns.js';
import type { ProductRecord } from './product-record.js';
import type { Sql } from './sql.js';
import { BY_DAY_AND_IN_ALL, TALLY_DAY } from './tally-day.js';

const PLAIN = [
  ...[...CATALOG_COLUMNS.values()].map(({ name, sqlType }) => [name, sqlType] as const),
  ...['scene', 'version', 'predecessor', 'successor'].map((name) => [name, 'text'] as const),
].filter(([name]) => name !== 'updated');
const NAMES = PLAIN.map(([name]) => name).join(', ');

/** Polygons stay polygons however an invalid one is mended; what is known to be valid is not asked again. */
const MENDED = `case when footprint is null or valid or st_isvalid(footprint) then footprint
  else st_collectionextract(st_makevalid(footprint), st_dimension(footprint) + 1) end`;

/** Functions side by side, not joined: the n-th of each belongs to the n-th product. Each long text is parsed once. */
const INSERT = `with given as (
    select * from rows from (
      json_to_recordset($1::json) as (${PLAIN.map(([name, type]) => `${name} ${type}`).join(', ')}, words text, valid boolean),
      jsonb_array_elements($2::jsonb), jsonb_array_elements($3::jsonb), jsonb_array_elements($4::jsonb),
      unnest(string_to_array($5, ',', '')::geometry[])
    ) as given (${NAMES}, words, valid, assets, extra, content, footprint)
  ), written as (
    insert into catalogue.product (${NAMES}, assets, extra, content, footprint, words)
    select ${NAMES}, assets, extra, nullif(content, 'null'), ${MENDED}, array_to_tsvector(string_to_array(words, ' ')) from given
    returning collection, acquired_from, footprint
  )
  insert into catalogue.tally (collection, day, products, extent)
  select collection, ${TALLY_DAY}, count(*), st_extent(footprint)::box2d from written ${BY_DAY_AND_IN_ALL}`;

/** What the store knows of a product beside its record. */
export interface StoreColumns {
  readonly published: Date;
  readonly predecessor?: string | null;
  readonly successor?: string | null;
}

/** Rows that follow each other in the indexes of time are sooner put there. */
function inTime(
  { record: a }: { readonly record: ProductRecord },
  { record: b }: { readonly record: ProductRecord },
): number {
  return a.collection === b.collection
    ? a.acquiredFrom.getTime() - b.acquiredFrom.getTime()
    : a.collection < b.collection
      ? -1
      : 1;
}

/** Writes the rows and adds them to the tallies. */
export async function insertRows(
  sql: Sql,
  given: readonly { readonly record: ProductRecord; readonly columns: StoreColumns }[],
): Promise<void> {
  const rows = given.toSorted(inTime);
  const listed = (write: (row: (typeof rows)[number]) => string): string => `[${rows.map(write).join()}]`;
  await sql.execute(INSERT, [
    listed(({ record, columns }) => `${JSON.stringify(columns).slice(0, -1)},${record.row.members}}`),
    listed(({ record }) => record.row.assets),
    listed(({ record }) => record.row.extra),
    listed(({ record }) => record.row.content),
    rows.map(({ record }) => record.row.footprint ?? '').join(),
  ]);
}
