import type { SortKey } from '#domain/catalog/catalog-query.js';
import type { DeletedPage, DeletedQuery } from '#domain/ports/change-feed.js';
import type { Sql } from './sql.js';
import { SqlParameters } from './sql-parameters.js';
import {
  compileTombstoneFilter,
  IN_FORCE,
  readTombstone,
  TOMBSTONE_COLUMNS,
  tombstoneColumn,
  type TombstoneRow,
} from './tombstone-columns.js';

/** A page of the tombstones of products that are not there. Throws InvalidError naming an unknown property. */
export async function readDeleted(sql: Sql, query: DeletedQuery, signal?: AbortSignal): Promise<DeletedPage> {
  const parameters = new SqlParameters();
  const filter = query.filter === undefined ? 'true' : compileTombstoneFilter(query.filter, parameters);
  const from = `from catalogue.tombstone p where ${IN_FORCE} and (${filter})`;
  const counted = query.count === true ? await countOf(sql, from, parameters, signal) : undefined;
  const limit = parameters.add(query.limit + 1, 'bigint');
  const rows = await sql.query<TombstoneRow>(
    `select ${TOMBSTONE_COLUMNS} ${from} order by ${orderOf(query.sort)} limit ${limit} offset ${parameters.add(query.offset, 'bigint')}`,
    parameters.values,
    signal,
  );
  return {
    deleted: rows.slice(0, query.limit).map(readTombstone),
    hasNext: rows.length > query.limit,
    ...(counted === undefined ? {} : { matched: { value: counted, exact: true } }),
  };
}

async function countOf(sql: Sql, from: string, parameters: SqlParameters, signal: AbortSignal | undefined) {
  const [row] = await sql.query<{ n: number }>(`select count(*) as n ${from}`, [...parameters.values], signal);
  return row?.n ?? 0;
}

/** Total: ties go by uuid, in the direction of the first key. */
function orderOf(sort: readonly SortKey[] = []): string {
  const [first = { property: 'deleted', direction: 'desc' as const }, ...rest] = sort;
  const keys = [first, ...rest, { property: 'uuid', direction: first.direction }];
  return keys.map(({ property, direction }) => `p.${tombstoneColumn(property).name} ${direction}`).join(', ');
}
