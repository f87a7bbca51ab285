import { InvalidError } from '#domain/errors.js';
import { writeWkt } from '../wkt/write-wkt.js';
import { isGeometry, isOperation, isProperty, type Cql2, type Cql2Operation } from './cql2.js';

const INFIX = new Set(['=', '<>', '<', '<=', '>', '>=', '+', '-', '*', '/', '%', 'div', '^', 'and', 'or', 'like']);

/** CQL2 text of a value (OGC 21-065r2 §7): names in quotes, brackets around every operation inside another, so that it reads back as the same value. Throws InvalidError for text it cannot say. */
export function writeCql2Text(node: Cql2): string {
  return isOperation(node) ? writeOperation(node) : writeValue(node);
}

function writeOperation({ op, args }: Cql2Operation): string {
  if (INFIX.has(op)) return args.map(writeOperand).join(` ${op.toUpperCase()} `);
  const [first = '', second = '', third = ''] = args;
  switch (op) {
    case 'not':
      return `NOT ${writeOperand(first)}`;
    case 'isNull':
      return `${writeOperand(first)} IS NULL`;
    case 'between':
      return `${writeOperand(first)} BETWEEN ${writeOperand(second)} AND ${writeOperand(third)}`;
    case 'in':
      return `${writeOperand(first)} IN ${writeCql2Text(second)}`;
    default:
      return `${op}(${args.map(writeCql2Text).join(', ')})`;
  }
}

/** Functions need no brackets around them. */
function writeOperand(node: Cql2): string {
  if (!isOperation(node)) return writeValue(node);
  const text = writeOperation(node);
  const isCall = !INFIX.has(node.op) && !['not', 'isNull', 'between', 'in'].includes(node.op);
  return isCall ? text : `(${text})`;
}

function writeValue(node: Exclude<Cql2, Cql2Operation>): string {
  if (typeof node === 'string') return quote(node);
  if (typeof node === 'number') return String(node);
  return typeof node === 'boolean' ? String(node).toUpperCase() : writeObject(node);
}

function writeObject(node: Exclude<Cql2, Cql2Operation | string | number | boolean>): string {
  if (isProperty(node)) return `"${node.property.replaceAll('"', '""')}"`;
  if (isGeometry(node)) return writeWkt(node);
  if ('date' in node) return `DATE(${quote(node.date)})`;
  if ('timestamp' in node) return `TIMESTAMP(${quote(node.timestamp)})`;
  if ('interval' in node) return `INTERVAL(${node.interval.map(writeCql2Text).join(', ')})`;
  if ('bbox' in node) return `BBOX(${node.bbox.join(', ')})`;
  return `(${node.map(writeCql2Text).join(', ')})`;
}

/** `\\'` stands for a quotation mark, so that a backslash before one cannot be said. */
function quote(text: string): string {
  if (/\\('|$)/.test(text)) {
    throw new InvalidError('A backslash before a quotation mark has no form in CQL2 text.', { subject: 'filter' });
  }
  return `'${text.replaceAll("'", "''")}'`;
}
