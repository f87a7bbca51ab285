import type { Filter, Literal } from '#domain/catalog/catalog-query.js';
import { CATALOG_COLUMNS, type CatalogColumn } from './catalog-columns.js';
import { isStorableText } from './catalog-literal.js';
import { checkFilterLimits } from './catalog-limits.js';
import { foldCase } from './compile-catalog-like.js';
import type { Sql } from './sql.js';

type CaseFree = Extract<Filter, { readonly property: string; readonly value: Literal } | { readonly op: 'in' }>;
type Spellings = ReadonlyMap<CaseFree, readonly string[]>;

/** Each is a walk along an index of some milliseconds; more of them, or longer ones, are tested row by row. */
const MAX_WALKS = 20;
const MAX_CHARACTERS = 200;

/**
 * The filter with every equality whatever the case said as one of the spellings the catalogue holds, which the property's own index serves.
 * Throws InvalidError for a filter that is too large.
 */
export async function spellOut(
  sql: Sql,
  filter: Filter | undefined,
  signal?: AbortSignal,
): Promise<Filter | undefined> {
  if (filter === undefined) return undefined;
  checkFilterLimits(filter);
  const asked = caseFree(filter);
  if (asked.length === 0 || asked.flatMap(valuesOf).length > MAX_WALKS) return filter;
  const found = asked.map(async (node) => [node, await spellings(sql, node, signal)] as const);
  return respelt(filter, new Map(await Promise.all(found)));
}

function caseFree(filter: Filter): readonly CaseFree[] {
  if (filter.op === 'not') return caseFree(filter.arg);
  if (filter.op === 'and' || filter.op === 'or') return filter.args.flatMap(caseFree);
  if (filter.op !== 'eq' && filter.op !== 'in') return [];
  const isText = CATALOG_COLUMNS.get(filter.property)?.sqlType === 'text';
  return filter.caseInsensitive === true && isText && valuesOf(filter).every(isWalkable) ? [filter] : [];
}

function valuesOf(node: CaseFree): readonly Literal[] {
  return node.op === 'in' ? node.values : [node.value];
}

function isWalkable(value: Literal): value is string {
  return typeof value === 'string' && value.length <= MAX_CHARACTERS && isStorableText(value);
}

async function spellings(sql: Sql, node: CaseFree, signal: AbortSignal | undefined): Promise<readonly string[]> {
  const column = CATALOG_COLUMNS.get(node.property)!;
  const values = new Set(valuesOf(node).map((value) => String(foldCase(String(value)))));
  const walks = [...values].map((value) => sql.query<{ spelling: string }>(walk(column), [value], signal));
  return (await Promise.all(walks)).flat().map(({ spelling }) => spelling);
}

/** Letter by letter in either case, as far as a value begins so: two looks into the index a letter, however many values there are. */
function walk({ name }: CatalogColumn): string {
  const table = name === 'id' ? 'catalogue.product_key' : 'catalogue.product';
  const next = (fold: 'lower' | 'upper') =>
    `((w.spelling || ${fold}(substr($1::text, w.n + 1, 1) collate "C")) collate "C")`;
  return `with recursive walked(spelling, n) as (
    select '' collate "C", 0
    union
    select step.spelling, w.n + 1 from walked w cross join lateral (values ${next('lower')}, ${next('upper')}) as step(spelling)
    where w.n < length($1::text) and starts_with(
      (select q.${name} from ${table} q where q.${name} >= step.spelling order by q.${name} limit 1), step.spelling))
  select spelling from walked where n = length($1::text)`;
}

function respelt(filter: Filter, found: Spellings): Filter {
  if (filter.op === 'not') return { op: 'not', arg: respelt(filter.arg, found) };
  if (filter.op === 'and' || filter.op === 'or') {
    return { op: filter.op, args: filter.args.map((arg) => respelt(arg, found)) };
  }
  if (filter.op !== 'eq' && filter.op !== 'in') return filter;
  return spelt(filter.property, found.get(filter)) ?? filter;
}

/** One spelling is an equality, which keeps the order of an index. */
function spelt(property: string, values: readonly string[] | undefined): Filter | undefined {
  const [only, more] = values ?? [];
  if (values === undefined) return undefined;
  return only === undefined || more !== undefined
    ? { op: 'in', property, values }
    : { op: 'eq', property, value: only };
}
