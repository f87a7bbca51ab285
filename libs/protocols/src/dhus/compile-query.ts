import type { Filter, Literal } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import type { QueryExpression } from './query-expression.js';
import { queryField } from './query-fields.js';
import { EVERYTHING, fieldFilter } from './value-filter.js';
import { wordsFilter } from './words-filter.js';

/** The filter a parsed `q` stands for; `now` is what `NOW` means. Throws InvalidError for unknown fields and values that do not fit. */
export function compileDhusQuery(expression: QueryExpression, now: Date): Filter {
  switch (expression.kind) {
    case 'any':
      return EVERYTHING;
    case 'not':
      return negated(compileDhusQuery(expression.arg, now));
    case 'and':
    case 'or': {
      const args = expression.args.map((arg) => compileDhusQuery(arg, now));
      return expression.kind === 'and' ? conjunction(args) : disjunction(args);
    }
    case 'term': {
      const { field, value } = expression;
      if (field !== undefined) return fieldFilter(queryField(field), value, now);
      if (value.kind !== 'range') return wordsFilter(value);
      throw new InvalidError('A range needs the field it is about, as in ingestiondate:[NOW-1DAY TO NOW].', {
        subject: 'q',
      });
    }
  }
}

function negated(arg: Filter): Filter {
  if (arg.op === 'constant') return { op: 'constant', value: !arg.value };
  return { op: 'not', arg };
}

function conjunction(args: readonly Filter[]): Filter {
  if (args.some((arg) => arg.op === 'constant' && !arg.value)) return { op: 'constant', value: false };
  return only(
    'and',
    args.filter((arg) => arg.op !== 'constant'),
  );
}

/** Lists of names come as hundreds of alternatives: one list of values is looked up by the index, and is one condition. */
function disjunction(args: readonly Filter[]): Filter {
  if (args.some((arg) => arg.op === 'constant' && arg.value)) return EVERYTHING;
  const lists = new Map<string, Literal[]>();
  const others: Filter[] = [];
  for (const arg of args) {
    if (arg.op === 'eq' && arg.caseInsensitive !== true) listOf(lists, arg.property).push(arg.value);
    else if (arg.op !== 'constant') others.push(arg);
  }
  const listed = [...lists].map(([property, values]): Filter => {
    const [first] = values;
    return values.length === 1 && first !== undefined
      ? { op: 'eq', property, value: first }
      : { op: 'in', property, values };
  });
  return only('or', [...listed, ...others]);
}

function listOf(lists: Map<string, Literal[]>, property: string): Literal[] {
  const list = lists.get(property) ?? [];
  lists.set(property, list);
  return list;
}

function only(op: 'and' | 'or', args: readonly Filter[]): Filter {
  const [first] = args;
  if (first === undefined) return { op: 'constant', value: op === 'and' };
  return args.length === 1 ? first : { op, args };
}
