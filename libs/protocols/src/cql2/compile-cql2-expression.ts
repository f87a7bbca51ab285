import type { ArithmeticOperator, Expression } from '#domain/catalog/catalog-query.js';
import { findFunction, CATALOG_FUNCTIONS } from '#domain/catalog/catalog-functions.js';
import { InvalidError } from '#domain/errors.js';
import { boundingBoxArea } from '#domain/geometry/bounding-box.js';
import { parseBbox } from '../geojson/parse-bbox.js';
import { isGeometry, isOperation, isProperty, type Cql2, type Cql2Operation } from './cql2.js';
import { momentOf } from './cql2-instant.js';
import type { Cql2Names } from './cql2-names.js';
import { ARITHMETIC, isCondition, standardName } from './cql2-operators.js';

/** A CQL2 value as the query has it; a day is its first instant. Throws InvalidError for conditions, intervals and functions there are not. */
export function compileValue(node: Cql2, names: Cql2Names): Expression {
  if (typeof node !== 'object') return { kind: 'literal', value: node };
  if (isOperation(node)) return compileOperation(node, names);
  if (isProperty(node)) return { kind: 'property', property: names(node.property).property };
  if (isGeometry(node)) return { kind: 'place', geometry: node };
  if ('bbox' in node) return { kind: 'place', geometry: boundingBoxArea(parseBbox(node.bbox)) };
  const moment = momentOf(node);
  if (moment !== undefined) return { kind: 'literal', value: moment.start };
  if (Array.isArray(node)) return { kind: 'list', items: node.map((item: Cql2) => compileValue(item, names)) };
  throw refuse('an interval stands where a value is needed');
}

function compileOperation({ op, args }: Cql2Operation, names: Cql2Names): Expression {
  const name = standardName(op);
  if (isCondition(name)) throw refuse(`a condition (${name}) stands where a value is needed`);
  if (ARITHMETIC.has(name)) {
    const [left, right] = operands(name, args, 2).map((arg) => compileValue(arg, names));
    return { kind: 'arithmetic', operator: name as ArithmeticOperator, left: left!, right: right! };
  }
  if (name === 'casei' || name === 'accenti') {
    const [text] = operands(name, args, 1).map((arg) => compileValue(arg, names));
    return { kind: 'folded', without: name === 'casei' ? 'case' : 'accents', text: text! };
  }
  if (findFunction(name) === undefined) {
    throw refuse(
      `there is no function ${JSON.stringify(name)}, only ${CATALOG_FUNCTIONS.map((each) => each.name).join(', ')}`,
    );
  }
  return { kind: 'call', name, args: args.map((arg) => compileValue(arg, names)) };
}

/** The operands of an operator that takes `count` of them. Throws InvalidError. */
export function operands(op: string, args: readonly Cql2[], count: number): readonly Cql2[] {
  if (args.length !== count) throw refuse(`${op} takes ${count} operands, not ${args.length}`);
  return args;
}

/** What is wrong with a filter that can be read. */
export function refuse(reason: string): InvalidError {
  return new InvalidError(`The filter cannot be answered: ${reason}.`, { subject: 'filter' });
}
