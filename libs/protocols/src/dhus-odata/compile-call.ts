import type { Filter } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import { escapeLike } from '../dhus/text-pattern.js';
import { searchedProperty, type PropertyTable } from './entity-properties.js';
import type { ComparisonName, ODataExpression, ODataLiteral } from './filter-expression.js';

type Call = Extract<ODataExpression, { kind: 'call' }>;

/** `substringof('x',Name)`, `startswith(Name,'x')`, `endswith(Name,'x')`, their property also within `tolower` or `toupper`. Throws InvalidError for other functions. */
export function compileCall({ name, args }: Call, table: PropertyTable): Filter {
  const [first, second] = args;
  switch (name) {
    case 'substringof':
      return matching(second, first, table, (text) => `%${text}%`);
    case 'startswith':
      return matching(first, second, table, (text) => `${text}%`);
    case 'endswith':
      return matching(first, second, table, (text) => `%${text}`);
    default:
      throw new InvalidError(`The function ${name} is not supported here.`, { subject: '$filter' });
  }
}

function matching(
  subject: ODataExpression | undefined,
  text: ODataExpression | undefined,
  table: PropertyTable,
  patternOf: (text: string) => string,
): Filter {
  const folds = subject?.kind === 'call' && (subject.name === 'tolower' || subject.name === 'toupper');
  const inner = folds ? subject.args[0] : subject;
  const found = inner?.kind === 'property' ? searchedProperty(table, inner.path) : undefined;
  if (
    found?.kind !== 'queryable' ||
    found.type !== 'text' ||
    text?.kind !== 'literal' ||
    typeof text.value !== 'string'
  ) {
    throw new InvalidError('A function of $filter looks for a text in a property that is one.', { subject: '$filter' });
  }
  const pattern = patternOf(escapeLike(text.value));
  return { op: 'like', property: found.property, pattern, ...(folds ? { caseInsensitive: true } : {}) };
}

/** `year(CreationDate) ge 2018` as a range of instants. Throws InvalidError. */
export function compileYear(call: Call, operator: ComparisonName, value: ODataLiteral, table: PropertyTable): Filter {
  const [argument] = call.args;
  const found = argument?.kind === 'property' ? searchedProperty(table, argument.path) : undefined;
  if (
    found?.kind !== 'queryable' ||
    found.type !== 'date' ||
    typeof value !== 'number' ||
    !(value >= 1 && value <= 9998)
  ) {
    throw new InvalidError('year() is that of a date and compared with a year.', { subject: '$filter' });
  }
  const { property } = found;
  const [start, end] = [startOf(Math.floor(value)), startOf(Math.floor(value) + 1)];
  const from: Filter = { op: 'ge', property, value: start };
  const before: Filter = { op: 'lt', property, value: end };
  switch (operator) {
    case 'eq':
      return { op: 'and', args: [from, before] };
    case 'ne':
      return { op: 'not', arg: { op: 'and', args: [from, before] } };
    case 'lt':
      return { op: 'lt', property, value: start };
    case 'le':
      return before;
    case 'gt':
      return { op: 'ge', property, value: end };
    case 'ge':
      return from;
  }
}

function startOf(year: number): Date {
  return new Date(`${String(year).padStart(4, '0')}-01-01T00:00:00Z`);
}
