import { InvalidError } from '#domain/errors.js';
import type { ComparisonOperator, Literal } from '#domain/catalog/catalog-query.js';
import { compileLike, foldCase, SQL_OPERATORS, type Comparison, type ValueComparison } from './compile-catalog-like.js';
import { sqlLiteral } from './catalog-literal.js';
import type { SqlParameters } from './sql-parameters.js';

/**
 * A condition on a property outside the vocabulary, kept as JSON. The literal's type decides how it is read: a value of another type is unknown, not an error.
 * Equality with a list asks whether it holds the value.
 */
export function compileExtra(node: Comparison, name: string, parameters: SqlParameters): string {
  const json = `(p.extra -> ${parameters.add(sqlLiteral(name, 'string', node.property), 'text')})`;
  if (node.op === 'isNull') return `coalesce(${json}, 'null') = 'null'`;
  return compileValues(node, { json, property: node.property, parameters });
}

interface ExtraProperty {
  readonly json: string;
  readonly property: string;
  readonly parameters: SqlParameters;
}

function compileValues(node: ValueComparison, extra: ExtraProperty): string {
  const folds = 'caseInsensitive' in node && node.caseInsensitive === true;
  const equal = (value: Literal) => (folds ? equalFolded(value, extra) : equality(value, extra));
  if (node.op === 'like') return anyText(extra.json, compileLike('element', node, extra.parameters));
  if (node.op === 'in') return node.values.length === 0 ? 'false' : node.values.map(equal).join(' or ');
  if (node.op === 'between') return `${ordered('ge', node.lower, extra)} and ${ordered('le', node.upper, extra)}`;
  if (node.op === 'eq') return equal(node.value);
  return node.op === 'ne' ? `not (${equal(node.value)})` : ordered(node.op, node.value, extra);
}

function equality(value: Literal, extra: ExtraProperty): string {
  if (value instanceof Date) return ordered('eq', value, extra);
  const type = typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'string';
  const json = JSON.stringify(sqlLiteral(value, type, extra.property));
  return `nullif(${extra.json}, 'null') @> ${extra.parameters.add(json, 'jsonb')}`;
}

function equalFolded(value: Literal, extra: ExtraProperty): string {
  if (typeof value !== 'string') return equality(value, extra);
  const text = foldCase(sqlLiteral(value, 'string', extra.property));
  return anyText(extra.json, `lower(element) = ${extra.parameters.add(text, 'text')}`);
}

function ordered(op: ComparisonOperator, value: Literal, { json, property, parameters }: ExtraProperty): string {
  const operator = SQL_OPERATORS[op];
  if (value instanceof Date) {
    const instant = parameters.add(sqlLiteral(value, 'date', property), 'timestamptz');
    return `catalogue.instant_or_null(${asText(json)}) ${operator} ${instant}`;
  }
  if (typeof value === 'number') {
    const number = parameters.add(sqlLiteral(value, 'number', property), 'numeric');
    return `case when jsonb_typeof(${json}) = 'number' then ${json}::numeric end ${operator} ${number}`;
  }
  if (typeof value === 'boolean') {
    throw new InvalidError(`${property} is compared with true or false, which have no order.`, { subject: property });
  }
  return `${asText(json)} ${operator} ${parameters.add(sqlLiteral(value, 'string', property), 'text')}`;
}

/** Whether the text, or one of the texts of a list, passes; unknown where there is none. */
function anyText(json: string, test: string): string {
  const list = `case jsonb_typeof(${json}) when 'array' then ${json} else jsonb_build_array(${json}) end`;
  const texts = `select from jsonb_array_elements_text(${list}) as texts(element) where ${test}`;
  return `case when jsonb_typeof(${json}) in ('string', 'array') then exists (${texts}) end`;
}

function asText(json: string): string {
  return `(case when jsonb_typeof(${json}) = 'string' then ${json} #>> '{}' end collate "C")`;
}
