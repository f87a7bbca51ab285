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
  switch (filter?.op) {
    case 'and':
      return filter.args.map(keysOf).find((keys) => keys !== undefined);
    case 'or':
      return allOf(filter.args.map(keysOf));
    case 'eq':
      return filter.caseInsensitive === true ? undefined : keysOfValues(filter.property, [filter.value]);
    case 'in':
      return filter.caseInsensitive === true ? undefined : keysOfValues(filter.property, filter.values);
    default:
      return undefined;
  }
}

function allOf(parts: readonly (AskedKeys | undefined)[]): AskedKeys | undefined {
  const known = parts.filter((keys) => keys !== undefined);
  if (known.length < parts.length) return undefined;
  return { ids: known.flatMap(({ ids }) => ids), uuids: known.flatMap(({ uuids }) => uuids) };
}

/** The case of a uuid does not matter. */
function keysOfValues(property: string, values: readonly Literal[]): AskedKeys | undefined {
  if (values.some((value) => value instanceof Date)) return undefined;
  const texts = values.map(String);
  if (property === 'id') return { ids: texts, uuids: [] };
  return property === 'uuid' ? { ids: [], uuids: texts } : undefined;
}
