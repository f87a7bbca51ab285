import type { Filter, Literal } from '#domain/catalog/catalog-query.js';
import { isOperation, isProperty, type Cql2, type Cql2Operation } from './cql2.js';
import { compileComparison, foldedProperty, foldedText, isLiteral, scalarName } from './compile-cql2-comparison.js';
import { compileValue, operands, refuse } from './compile-cql2-expression.js';
import type { Cql2Names } from './cql2-names.js';

/** LIKE (OGC 21-065r2 §7.2.1). */
export function compileLike({ args }: Cql2Operation, names: Cql2Names): Filter {
  const [text, pattern] = operands('like', args, 2) as [Cql2, Cql2];
  if (typeof text === 'object' && isProperty(text) && typeof pattern === 'string') {
    return { op: 'like', property: scalarName(text, names).property, pattern };
  }
  const name = foldedProperty(text, names);
  const folded = foldedText(pattern);
  if (name !== undefined && folded !== undefined) {
    return { op: 'like', property: name.property, pattern: folded, caseInsensitive: true };
  }
  const test = { kind: 'like', text: compileValue(text, names), pattern: compileValue(pattern, names) } as const;
  return { op: 'computed', test };
}

/** BETWEEN (§7.2.2), ends included; a day ends with its last instant. */
export function compileBetween({ args }: Cql2Operation, names: Cql2Names): Filter {
  const [value, lower, upper] = operands('between', args.flatMap(unwrapped), 3) as [Cql2, Cql2, Cql2];
  if (typeof value === 'object' && isProperty(value) && typeof lower === 'number' && typeof upper === 'number') {
    return { op: 'between', property: scalarName(value, names).property, lower, upper };
  }
  return {
    op: 'and',
    args: [compileComparison('ge', [value, lower], names), compileComparison('le', [value, upper], names)],
  };
}

/** Drafts of the standard, and clients of theirs, have the ends in a list. */
function unwrapped(arg: Cql2): readonly Cql2[] {
  return Array.isArray(arg) ? (arg as readonly Cql2[]) : [arg];
}

/** IN (§7.2.3). */
export function compileIn({ args }: Cql2Operation, names: Cql2Names): Filter {
  const [value, list] = operands('in', args, 2) as [Cql2, Cql2];
  if (!Array.isArray(list)) throw refuse('in takes a value and a list');
  const items = list as readonly Cql2[];
  return simpleIn(value, items, names) ?? foldedIn(value, items, names) ?? anyOf(value, items, names);
}

function simpleIn(value: Cql2, items: readonly Cql2[], names: Cql2Names): Filter | undefined {
  if (typeof value !== 'object' || !isProperty(value) || !items.every(isPlain)) return undefined;
  const { property, type } = scalarName(value, names);
  return type === 'date' ? undefined : { op: 'in', property, values: items };
}

function isPlain(node: Cql2): node is Exclude<Literal, Date> {
  return isLiteral(node) && typeof node !== 'object';
}

function foldedIn(value: Cql2, items: readonly Cql2[], names: Cql2Names): Filter | undefined {
  const name = foldedProperty(value, names);
  const texts = items.flatMap((item) => foldedText(item) ?? []);
  if (name === undefined || texts.length < items.length) return undefined;
  return { op: 'in', property: name.property, values: texts, caseInsensitive: true };
}

function anyOf(value: Cql2, items: readonly Cql2[], names: Cql2Names): Filter {
  return { op: 'or', args: items.map((item) => compileComparison('eq', [value, item], names)) };
}

/** IS NULL (§6.4); whether there is a geometry can be asked too. */
export function compileIsNull({ args }: Cql2Operation, names: Cql2Names): Filter {
  const [value] = operands('isNull', args, 1) as [Cql2];
  if (typeof value === 'object' && isProperty(value)) return { op: 'isNull', property: names(value.property).property };
  const isValue = typeof value === 'object' && isOperation(value);
  if (!isValue) return { op: 'constant', value: false };
  return { op: 'computed', test: { kind: 'absent', value: compileValue(value, names) } };
}
