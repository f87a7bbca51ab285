import type { Geometry } from '#domain/geometry/geometry.js';

/** A CQL2 expression as its JSON encoding has it (OGC 21-065r2 §8, `cql2.json`); the text encoding is read into and written from the same value. */
export type Cql2 =
  | string
  | number
  | boolean
  | Cql2Property
  | Cql2Operation
  | Cql2Date
  | Cql2Timestamp
  | Cql2Interval
  | Cql2Box
  | Geometry
  | readonly Cql2[];

/** The value of a property. */
export interface Cql2Property {
  readonly property: string;
}

/** An operator, predicate or function over its arguments. */
export interface Cql2Operation {
  readonly op: string;
  readonly args: readonly Cql2[];
}

/** A calendar day, `2012-08-10`. */
export interface Cql2Date {
  readonly date: string;
}

/** An instant in UTC, `2012-08-10T05:30:00Z`. */
export interface Cql2Timestamp {
  readonly timestamp: string;
}

/** From an end to another: a day or instant, `..` for none, a property or a function. */
export interface Cql2Interval {
  readonly interval: readonly [Cql2, Cql2];
}

/** A box of four or six numbers. */
export interface Cql2Box {
  readonly bbox: readonly number[];
}

/** Whether a node is an operation. */
export function isOperation(node: Cql2): node is Cql2Operation {
  return typeof node === 'object' && 'op' in node;
}

/** Whether a node is a property. */
export function isProperty(node: Cql2): node is Cql2Property {
  return typeof node === 'object' && 'property' in node;
}

/** Whether a node is a geometry. */
export function isGeometry(node: Cql2): node is Geometry {
  return typeof node === 'object' && 'type' in node;
}

/** What an expression may cost: characters of text, nodes, nesting. */
export const CQL2_LIMITS = { length: 1 << 20, nodes: 10_000, depth: 64 } as const;
