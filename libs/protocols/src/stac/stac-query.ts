import type { Filter } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import type { Cql2 } from '../cql2/cql2.js';
import { compileStacFilter } from './compile-stac-filter.js';
import { stacName } from './stac-names.js';

type Scalar = string | number | boolean;

/** Operators of the Query extension and what they are in CQL2. */
const COMPARISONS: Readonly<Record<string, string>> = { eq: '=', neq: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' };
const PATTERNS: Readonly<Record<string, (text: string) => string>> = {
  startsWith: (text) => `${text}%`,
  endsWith: (text) => `%${text}`,
  contains: (text) => `%${text}%`,
};
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const MAX_CONDITIONS = 200;

/**
 * `query` (STAC API Query extension): `{"eo:cloud_cover": {"lt": 10}}`, all conditions together. Numbers said as text are numbers, also those of properties
 * outside the vocabulary, as eodag sends them. Throws InvalidError (subject `query` or the property).
 */
export function parseQuery(query: Readonly<Record<string, unknown>>): readonly Filter[] {
  const conditions = Object.entries(query).flatMap(([property, operators]) => {
    if (typeof operators !== 'object' || operators === null || Array.isArray(operators)) {
      throw refuse(`${property} needs an object of operators, e.g. {"eq": 1}`);
    }
    return Object.entries(operators).map(([operator, value]) => conditionOf(property, operator, value));
  });
  if (conditions.length > MAX_CONDITIONS) throw refuse(`it has more than ${MAX_CONDITIONS} conditions`);
  return conditions;
}

function conditionOf(property: string, operator: string, value: unknown): Filter {
  const pattern = Object.hasOwn(PATTERNS, operator) ? PATTERNS[operator] : undefined;
  if (pattern !== undefined) {
    const text = pattern(String(scalar(value, operator)).replaceAll(/[\\%_]/g, String.raw`\$&`));
    return compile('like', property, text);
  }
  if (operator === 'in') {
    if (!Array.isArray(value)) throw refuse('in needs a list');
    return compile(
      'in',
      property,
      value.flatMap((each) => readings(property, scalar(each, 'in'))),
    );
  }
  const op = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
  if (op === undefined) {
    const known = [...Object.keys(COMPARISONS), ...Object.keys(PATTERNS), 'in'].join(', ');
    throw refuse(`there is no operator ${JSON.stringify(operator)}, only ${known}`);
  }
  return compare(op, property, scalar(value, operator));
}

/** What is equal to a number said as text is equal to either; the order is that of numbers. */
function compare(op: string, property: string, value: Scalar): Filter {
  const [number, text] = readings(property, value);
  if (text === undefined) return compile(op, property, value);
  if (op === '=') return compile('in', property, [number!, text]);
  if (op === '<>') return { op: 'not', arg: compile('in', property, [number!, text]) };
  return compile(op, property, number!);
}

/** A number said as text to a property of unknown type, read both ways. */
function readings(property: string, value: Scalar): readonly Scalar[] {
  const isNumber = typeof value === 'string' && NUMBER.test(value) && Number.isFinite(Number(value));
  return isNumber && stacName(property).type === 'unknown' ? [Number(value), value] : [value];
}

function compile(op: string, property: string, value: Cql2): Filter {
  return compileStacFilter({ op, args: [{ property }, value] });
}

function scalar(value: unknown, operator: string): Scalar {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw refuse(`${operator} needs a text, a number, true or false`);
}

function refuse(reason: string): InvalidError {
  return new InvalidError(`The query cannot be answered: ${reason}.`, { subject: 'query' });
}
