import type { ComputedTest, Expression, Filter, Literal } from '#domain/catalog/catalog-query.js';
import { catalogColumn } from './catalog-columns.js';
import { compileFilter } from './compile-catalog-filter.js';
import { SqlParameters } from './sql-parameters.js';
import type { Sql } from './sql.js';

/** Properties that have few values however much there is. */
const FEW: ReadonlySet<string> = new Set([
  'platform',
  'constellation',
  'instrument',
  'sensorType',
  'productType',
  'processingLevel',
  'processingBaseline',
  'timeliness',
  'acquisitionType',
  'online',
  'orbitDirection',
  'relativeOrbit',
  'cycle',
  'instrumentMode',
  'swath',
  'polarisationMode',
  'lookDirection',
  'frequencyBand',
  'resolution',
]);
/** Values looked at; where there are more, products are tested one by one. */
const MOST_VALUES = 500;
/** Conditions looked at in one query. */
const MOST_CONDITIONS = 5;
/** Up to so many products testing one by one is as quick. */
const SMALL = 50_000;

/** How values are looked for. */
export interface ValueOptions {
  readonly signal?: AbortSignal | undefined;
  /** Instead of what is usual: up to how many products the filter is left as it is. */
  readonly small?: number;
}

/**
 * The filter with every condition on one property alone that no index serves (patterns, what is not one of many, computed values) as the list of those values
 * the catalogue holds that meet it, which the property's own index serves: all values of a property with few of them are found by a walk along that index.
 * Throws InvalidError as compiling the filter does.
 */
export async function listValues(
  sql: Sql,
  filter: Filter | undefined,
  { signal, small = SMALL }: ValueOptions = {},
): Promise<Filter | undefined> {
  if (filter === undefined) return undefined;
  const asked = unserved(filter).slice(0, MOST_CONDITIONS);
  if (asked.length === 0 || (await countAll(sql, signal)) <= small) return filter;
  const found = asked.map(async (node) => [node, await valuesMeeting(sql, node, signal)] as const);
  return replaced(filter, new Map(await Promise.all(found)));
}

async function countAll(sql: Sql, signal: AbortSignal | undefined): Promise<number> {
  const all = "select coalesce(sum(products), 0)::bigint as n from catalogue.tally where day = '-infinity'";
  const [row] = await sql.query<{ n: number }>(all, [], signal);
  return row?.n ?? 0;
}

/** The largest parts of a filter that are about one such property and need to be looked at. */
function unserved(filter: Filter): readonly Filter[] {
  if (soleProperty(filter) !== undefined) return isServed(filter) ? [] : [filter];
  if (filter.op === 'not') return unserved(filter.arg);
  return filter.op === 'and' || filter.op === 'or' ? filter.args.flatMap(unserved) : [];
}

function isServed(filter: Filter): boolean {
  if (filter.op === 'and' || filter.op === 'or') return filter.args.every(isServed);
  if ('caseInsensitive' in filter && filter.caseInsensitive === true) return false;
  return !['not', 'ne', 'like', 'computed'].includes(filter.op);
}

function soleProperty(filter: Filter): string | undefined {
  const [only, ...others] = propertiesOf(filter);
  return only !== undefined && others.length === 0 && FEW.has(only) ? only : undefined;
}

/** Stands for what is no property with a column of its own. */
const ANYTHING_ELSE = '';

function propertiesOf(filter: Filter): ReadonlySet<string> {
  if ('property' in filter) return new Set([filter.property]);
  if (filter.op === 'not') return propertiesOf(filter.arg);
  if (filter.op === 'and' || filter.op === 'or') return new Set(filter.args.flatMap((arg) => [...propertiesOf(arg)]));
  if (filter.op === 'computed') return new Set(operandsOf(filter.test).flatMap(namedIn));
  return new Set(filter.op === 'constant' ? [] : [ANYTHING_ELSE]);
}

function operandsOf(test: ComputedTest): readonly Expression[] {
  if (test.kind === 'compare') return [test.left, test.right];
  if (test.kind === 'like') return [test.text, test.pattern];
  return test.kind === 'absent' ? [test.value] : [{ kind: 'property', property: ANYTHING_ELSE }];
}

function namedIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'literal':
      return [];
    case 'property':
      return [expression.property];
    case 'folded':
      return namedIn(expression.text);
    case 'arithmetic':
      return [expression.left, expression.right].flatMap(namedIn);
    case 'call':
      return expression.args.flatMap(namedIn);
    case 'list':
    case 'place':
      return [ANYTHING_ELSE];
  }
}

interface Verdict {
  readonly value: Literal | null;
  readonly holds: boolean | null;
}

/** The same condition by its values; undefined where there are too many, or one for which it is neither true nor false. */
async function valuesMeeting(sql: Sql, node: Filter, signal: AbortSignal | undefined): Promise<Filter | undefined> {
  const property = soleProperty(node)!;
  const { name } = catalogColumn(property);
  const parameters = new SqlParameters();
  const condition = compileFilter(node, { parameters, longestMs: 0, geometries: [] });
  const rows = await sql.query<Verdict>(
    `${walk(name)} select p.${name} as value, ${condition} as holds from p`,
    parameters.values,
    signal,
  );
  const present = rows.filter(({ value }) => value !== null);
  if (present.length > MOST_VALUES || present.some(({ holds }) => holds === null)) return undefined;
  const values = present.flatMap(({ value, holds }) => (holds === true && value !== null ? [value] : []));
  return withAbsent(listed(property, values), property, rows.find(({ value }) => value === null)?.holds ?? null);
}

/** From each value to the next greater one: one look into the index for each. */
function walk(name: string): string {
  return `with recursive walked(value, n) as (
    (select q.${name}, 1 from catalogue.product q where q.${name} is not null order by q.${name} limit 1)
    union all
    select (select q.${name} from catalogue.product q where q.${name} > w.value order by q.${name} limit 1), w.n + 1
    from walked w where w.value is not null and w.n <= ${MOST_VALUES}
  ), p(${name}) as (select value from walked where value is not null union all select null)`;
}

/** One value is an equality, which keeps the order of an index. */
function listed(property: string, values: readonly Literal[]): Filter {
  const [only, more] = values;
  return only !== undefined && more === undefined
    ? { op: 'eq', property, value: only }
    : { op: 'in', property, values };
}

/** What holds for products without the property: true, false, or unknown as for any comparison. */
function withAbsent(filter: Filter, property: string, holds: boolean | null): Filter {
  const isAbsent: Filter = { op: 'isNull', property };
  if (holds === null) return filter;
  return holds ? { op: 'or', args: [filter, isAbsent] } : { op: 'and', args: [filter, { op: 'not', arg: isAbsent }] };
}

function replaced(filter: Filter, found: ReadonlyMap<Filter, Filter | undefined>): Filter {
  const own = found.get(filter);
  if (own !== undefined) return own;
  if (filter.op === 'not') return { op: 'not', arg: replaced(filter.arg, found) };
  if (filter.op !== 'and' && filter.op !== 'or') return filter;
  return { op: filter.op, args: filter.args.map((arg) => replaced(arg, found)) };
}
