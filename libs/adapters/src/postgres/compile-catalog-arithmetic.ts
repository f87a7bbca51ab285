import type { ArithmeticOperator } from '#domain/catalog/catalog-query.js';
import { fenced } from './compile-catalog-fold.js';

/** PostgreSQL stops at results too large or too small for a number; between these no product or quotient is. */
const sane = (...names: readonly string[]): string =>
  names.map((name) => `abs(${name}) between 1e-150 and 1e150`).join(' and ');
const small = 'abs(v.a) < 1e300 and abs(v.b) < 1e300';

const quotient = (result: string): string =>
  `case when v.b = 0 then null when v.a = 0 then 0 when ${sane('v.a', 'v.b')} then ${result} end`;

const RESULTS: Readonly<Record<ArithmeticOperator, string>> = {
  '+': `case when ${small} then v.a + v.b end`,
  '-': `case when ${small} then v.a - v.b end`,
  '*': `case when v.a = 0 or v.b = 0 then 0 when ${sane('v.a', 'v.b')} then v.a * v.b end`,
  '/': quotient('v.a / v.b'),
  div: quotient('trunc(v.a / v.b)'),
  '%': quotient('mod(v.a::numeric, v.b::numeric)::double precision'),
  '^': `case when v.b = 0 then 1
    when v.a = 0 then case when v.b > 0 then 0 end
    when v.a < 0 and v.b <> trunc(v.b) then null
    when abs(v.b) < 1e-150 then 1
    when abs(v.b) < 1e9 and abs(v.b * ln(abs(v.a))) < 690 then power(v.a, v.b) end`,
};

/** A number computed of two; null where there is none, so that no row can stop a statement. */
export function arithmeticSql(operator: ArithmeticOperator, left: string, right: string): string {
  return `(select case when v.a is not null and v.b is not null then ${RESULTS[operator]} end from ${fenced(left, right)})`;
}
