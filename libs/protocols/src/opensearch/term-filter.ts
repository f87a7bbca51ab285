import type { ComparisonOperator, Filter } from '#domain/catalog/catalog-query.js';
import type { Queryable } from '#domain/catalog/queryables.js';
import { InvalidError } from '#domain/errors.js';
import { parseSearchDate } from './search-date.js';
import { parseSearchTerm, type TermBound } from './search-term.js';
import { synonymFilter } from './term-synonyms.js';

/** The condition an EO parameter puts on a queryable, its value in the syntax of OGC 13-026r9 §7.3. Throws InvalidError naming the parameter. */
export function termFilter(queryable: Queryable, text: string, parameter: string): Filter {
  try {
    const term = parseSearchTerm(text);
    if (term.kind === 'values') {
      // A list of channels ("VV,VH", "VV&VH") is several values each of which must be there.
      const values =
        queryable.type === 'strings' ? term.values.flatMap((value) => value.split(/[\s,&+]+/)) : term.values;
      const args = values.map((value) => equals(queryable, value));
      const op = queryable.type === 'strings' && !text.trim().startsWith('{') ? 'and' : 'or';
      return args.length === 1 && args[0] !== undefined ? args[0] : { op, args };
    }
    const args = [bound(queryable, term.lower, 'lower'), bound(queryable, term.upper, 'upper')];
    return { op: 'and', args: args.filter((arg) => arg !== undefined) };
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    throw new InvalidError(`${parameter}: ${error.message}`, { subject: parameter, cause: error });
  }
}

function equals({ name, type }: Queryable, text: string): Filter {
  if (type === 'date') {
    const { start, end } = parseSearchDate(text);
    return { op: 'between', property: name, lower: start, upper: end };
  }
  if (type === 'integer' || type === 'number') return { op: 'eq', property: name, value: parseNumber(text) };
  return synonymFilter(name, text) ?? { op: 'eq', property: name, value: text, caseInsensitive: true };
}

function bound({ name, type }: Queryable, given: TermBound | undefined, side: 'lower' | 'upper'): Filter | undefined {
  if (given === undefined) return undefined;
  const { value, inclusive } = given;
  const op: ComparisonOperator = side === 'lower' ? (inclusive ? 'ge' : 'gt') : inclusive ? 'le' : 'lt';
  if (type === 'integer' || type === 'number') return { op, property: name, value: parseNumber(value) };
  if (type !== 'date') return { op, property: name, value };
  const day = parseSearchDate(value);
  // From a day on begins with the day, after it after its end.
  return { op, property: name, value: (side === 'lower') === inclusive ? day.start : day.end };
}

function parseNumber(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) throw new InvalidError(`"${text}" is not a number`);
  return number;
}
