import { InvalidError } from '#domain/errors.js';
import type { ComparisonOperator, Filter } from '#domain/catalog/catalog-query.js';
import { sqlLiteral, type SqlLiteral } from './catalog-literal.js';
import type { SqlParameters } from './sql-parameters.js';

/** A condition on one property. */
export type Comparison = Extract<Filter, { readonly property: string }>;

/** One that compares it with values. */
export type ValueComparison = Exclude<Comparison, { readonly op: 'isNull' }>;

/** SQL's spelling of the operators. */
export const SQL_OPERATORS: Readonly<Record<ComparisonOperator, string>> = {
  eq: '=',
  ne: '<>',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
};

/** LIKE over a text expression. Throws InvalidError for a pattern that ends in its escape, at which PostgreSQL would stop. */
export function compileLike(field: string, node: Extract<Filter, { op: 'like' }>, parameters: SqlParameters): string {
  const pattern = sqlLiteral(node.pattern, 'string', node.property);
  if (/(^|[^\\])(\\\\)*\\$/.test(node.pattern)) {
    throw new InvalidError(`The pattern of ${node.property} ends in a lone backslash.`, { subject: node.property });
  }
  return `${field} ${node.caseInsensitive === true ? 'ilike' : 'like'} ${parameters.add(pattern, 'text')}`;
}

/** As PostgreSQL's lower() in collation "C": ASCII letters only. */
export function foldCase(value: SqlLiteral): SqlLiteral {
  return typeof value === 'string' ? value.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()) : value;
}
