import type { Filter, Literal } from '#domain/catalog/catalog-query.js';

/** Always true, always false. */
export const TRUE: Filter = { op: 'constant', value: true };
export const FALSE: Filter = { op: 'constant', value: false };

/** All of them, constants taken out. */
export function allOf(filters: readonly Filter[]): Filter {
  const args = filters.flatMap((filter) =>
    filter.op === 'and' ? filter.args : isConstant(filter, true) ? [] : [filter],
  );
  if (args.some((arg) => isConstant(arg, false))) return FALSE;
  return args.length === 1 && args[0] !== undefined ? args[0] : args.length === 0 ? TRUE : { op: 'and', args };
}

/** Any of them, constants taken out; equalities with one property become a list, however many a client strings together. */
export function anyOf(filters: readonly Filter[]): Filter {
  const flat = filters.flatMap((filter) =>
    filter.op === 'or' ? filter.args : isConstant(filter, false) ? [] : [filter],
  );
  if (flat.some((arg) => isConstant(arg, true))) return TRUE;
  const args = mergeEqualities(flat);
  return args.length === 1 && args[0] !== undefined ? args[0] : args.length === 0 ? FALSE : { op: 'or', args };
}

/** Its opposite. */
export function noneOf(filter: Filter): Filter {
  if (filter.op === 'constant') return filter.value ? FALSE : TRUE;
  return { op: 'not', arg: filter };
}

function isConstant(filter: Filter, value: boolean): boolean {
  return filter.op === 'constant' && filter.value === value;
}

function mergeEqualities(filters: readonly Filter[]): readonly Filter[] {
  const values = new Map<string, Literal[]>();
  const rest: Filter[] = [];
  for (const filter of filters) {
    const list = listOf(filter);
    if (list === undefined) rest.push(filter);
    else {
      const known = values.get(list.property);
      if (known === undefined) values.set(list.property, [...list.values]);
      else known.push(...list.values);
    }
  }
  return [...[...values].map(([property, list]) => listFilter(property, list)), ...rest];
}

function listOf(filter: Filter): { readonly property: string; readonly values: readonly Literal[] } | undefined {
  if (filter.op !== 'eq' && filter.op !== 'in') return undefined;
  if (filter.caseInsensitive === true || filter.property.startsWith('extra:')) return undefined;
  return { property: filter.property, values: 'values' in filter ? filter.values : [filter.value] };
}

function listFilter(property: string, values: readonly Literal[]): Filter {
  const [first] = values;
  return values.length === 1 && first !== undefined
    ? { op: 'eq', property, value: first }
    : { op: 'in', property, values };
}
