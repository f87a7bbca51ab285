import { InvalidError } from '#domain/errors.js';
import type { ODataComparison, ODataExpression } from '../odata/odata-expression.js';

/** `year(CreationDate) ge 2018` said by instants, which an index can answer; everything else as it is. Throws InvalidError for what is no year. */
export function withoutYears(expression: ODataExpression): ODataExpression {
  if (expression.kind === 'and' || expression.kind === 'or') {
    return { kind: expression.kind, args: expression.args.map(withoutYears) };
  }
  if (expression.kind === 'not') return { kind: 'not', arg: withoutYears(expression.arg) };
  if (expression.kind !== 'compare') return expression;
  const { op, left, right } = expression;
  const [only] = left.kind === 'call' && left.name.toLowerCase() === 'year' ? left.args : [];
  return only === undefined ? expression : CONDITIONS[op](only.value, yearOf(right));
}

function yearOf(right: ODataExpression): number {
  const year = right.kind === 'literal' && right.type === 'number' ? right.value : Number.NaN;
  if (Number.isInteger(year) && year >= 1 && year <= 9998) return year;
  throw new InvalidError('year() is compared with a year.', { subject: '$filter' });
}

const during = (date: ODataExpression, year: number): ODataExpression => ({
  kind: 'and',
  args: [instant(date, 'ge', year), instant(date, 'lt', year + 1)],
});

const CONDITIONS: Readonly<Record<ODataComparison, (date: ODataExpression, year: number) => ODataExpression>> = {
  eq: during,
  ne: (date, year) => ({ kind: 'not', arg: during(date, year) }),
  lt: (date, year) => instant(date, 'lt', year),
  le: (date, year) => instant(date, 'lt', year + 1),
  gt: (date, year) => instant(date, 'ge', year + 1),
  ge: (date, year) => instant(date, 'ge', year),
};

function instant(left: ODataExpression, op: ODataComparison, year: number): ODataExpression {
  const value = `${String(year).padStart(4, '0')}-01-01T00:00:00Z`;
  return { kind: 'compare', op, left, right: { kind: 'literal', type: 'date', value } };
}
