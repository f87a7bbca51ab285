import type { Expression, Filter, ListRelation } from '#domain/catalog/catalog-query.js';
import { isOperation, isProperty, type Cql2, type Cql2Operation } from './cql2.js';
import { compileBetween, compileIn, compileIsNull, compileLike } from './compile-cql2-advanced.js';
import { compileComparison, scalarName } from './compile-cql2-comparison.js';
import { compileValue, operands, refuse } from './compile-cql2-expression.js';
import { compileSpatial } from './compile-cql2-spatial.js';
import { compileTemporal } from './compile-cql2-temporal.js';
import type { Cql2Names } from './cql2-names.js';
import { COMPARISONS, isCondition, predicateFamily, standardName } from './cql2-operators.js';

/**
 * A CQL2 expression (OGC 21-065r2) as the filter of the one query. What has a simple condition becomes one; arithmetic, functions, properties against
 * properties and the like become computed ones. Throws InvalidError (subject `filter`, or the property).
 */
export function compileCql2(node: Cql2, names: Cql2Names): Filter {
  if (typeof node === 'boolean') return { op: 'constant', value: node };
  if (typeof node === 'object' && isProperty(node)) {
    return { op: 'eq', property: scalarName(node, names).property, value: true };
  }
  if (typeof node === 'object' && isOperation(node)) return compileOperation(node, names);
  throw refuse('a value stands where a condition is needed');
}

function compileOperation(node: Cql2Operation, names: Cql2Names): Filter {
  const comparison = COMPARISONS.get(node.op);
  if (comparison !== undefined) return compileCompared(node, names);
  switch (node.op.toLowerCase()) {
    case 'and':
    case 'or':
      return joined(node, names);
    case 'not':
      return { op: 'not', arg: compileCql2(operands('not', node.args, 1)[0]!, names) };
    case 'like':
      return compileLike(node, names);
    case 'between':
      return compileBetween(node, names);
    case 'in':
      return compileIn(node, names);
    case 'isnull':
      return compileIsNull(node, names);
    default:
      return compilePredicate(node, names);
  }
}

function joined({ op, args }: Cql2Operation, names: Cql2Names): Filter {
  if (args.length === 0) throw refuse(`${op} has no operands`);
  return { op: op.toLowerCase() === 'and' ? 'and' : 'or', args: args.map((arg) => compileCql2(arg, names)) };
}

/** A condition may be compared with TRUE or FALSE. */
function compileCompared({ op, args }: Cql2Operation, names: Cql2Names): Filter {
  const [left, right] = operands(op, args, 2) as [Cql2, Cql2];
  const [condition, truth] = typeof left === 'boolean' ? [right, left] : [left, right];
  const isTested = typeof condition === 'object' && isOperation(condition) && isCondition(condition.op);
  if (!isTested || typeof truth !== 'boolean' || (op !== '=' && op !== '<>')) {
    return compileComparison(COMPARISONS.get(op)!, [left, right], names);
  }
  const filter = compileCql2(condition, names);
  return truth === (op === '=') ? filter : { op: 'not', arg: filter };
}

function compilePredicate(node: Cql2Operation, names: Cql2Names): Filter {
  switch (predicateFamily(node.op)) {
    case 's':
      return compileSpatial(node, names);
    case 't':
      return compileTemporal(node, names);
    case 'a':
      return compileArray(node, names);
    case undefined:
      compileValue(node, names);
      throw refuse(`${node.op} gives no condition`);
  }
}

/** Array predicates (§7.10), of lists as sets. */
function compileArray({ op, args }: Cql2Operation, names: Cql2Names): Filter {
  const relation = standardName(op).slice(2) as ListRelation;
  const [left, right] = operands(op, args, 2).map((arg) => compileValue(arg, names)) as [Expression, Expression];
  return { op: 'computed', test: { kind: 'lists', relation, left, right } };
}
