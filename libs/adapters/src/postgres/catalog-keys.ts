import type { CatalogQuery, Filter, Literal } from '#domain/catalog/catalog-query.js';
import { isStorableText } from './catalog-literal.js';
import type { Sql } from './sql.js';

/** Ids and uuids a query keeps to: a product it finds has one of them. */
interface AskedKeys {
  readonly ids: readonly string[];
  readonly uuids: readonly string[];
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/**
 * When the products were acquired that a query asks for by id or uuid, ISO text: one look into their keys tells which years to read.
 * Undefined for a query that does not ask for such.
 */
export async function acquisitionsAsked(
  sql: Sql,
  query: CatalogQuery,
  signal?: AbortSignal,
): Promise<readonly string[] | undefined> {
  const keys = query.ids === undefined ? keysOf(query.filter) : { ids: query.ids, uuids: [] };
  if (keys === undefined) return undefined;
  const rows = await sql.query<{ acquired_from: Date }>(
    `select acquired_from from catalogue.product_key where id = any($1::text[])
     union select acquired_from from catalogue.product_key where uuid = any($2::uuid[])`,
    [keys.ids.filter(isStorableText), keys.uuids.filter((uuid) => UUID.test(uuid))],
    signal,
  );
  return rows.map((row) => row.acquired_from.toISOString());
}

function keysOf(filter: Filter | undefined): AskedKeys | undefined {
  if (filter?.op === 'and') return filter.args.map(keysOf).find((keys) => keys !== undefined);
  if (filter?.op === 'or') return allOf(filter.args.map(keysOf));
  if (filter?.op === 'in') return keysOfValues(filter, filter.values);
  return filter?.op === 'eq' ? keysOfValues(filter, [filter.value]) : undefined;
}

function allOf(parts: readonly (AskedKeys | undefined)[]): AskedKeys | undefined {
  const known = parts.filter((keys) => keys !== undefined);
  if (known.length < parts.length) return undefined;
  return { ids: known.flatMap(({ ids }) => ids), uuids: known.flatMap(({ uuids }) => uuids) };
}

interface Equality {
  readonly property: string;
  readonly caseInsensitive?: boolean;
}

/** A value of another type is refused, or found to be none, where the filter is compiled. */
function keysOfValues(node: Equality, values: readonly Literal[]): AskedKeys | undefined {
  if (node.caseInsensitive === true || values.some((value) => value instanceof Date)) return undefined;
  const texts = values.map(String);
  if (node.property === 'id') return { ids: texts, uuids: [] };
  return node.property === 'uuid' ? { ids: [], uuids: texts } : undefined;
}
