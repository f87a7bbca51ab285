import { InvalidError } from '#domain/errors.js';
import { geometrySchema } from '../geojson/geometry-schema.js';
import { CQL2_LIMITS, type Cql2 } from './cql2.js';

/**
 * CQL2 JSON (OGC 21-065r2 §8, `cql2.json`): checks that the value has the forms of the schema and nothing else. Whether operands fit their operator is found
 * when it is compiled. Throws InvalidError (subject `filter`).
 */
export function parseCql2Json(value: unknown): Cql2 {
  return new Cql2Checker().node(value, 1);
}

class Cql2Checker {
  private nodes = 0;

  node(value: unknown, depth: number): Cql2 {
    this.nodes += 1;
    if (this.nodes > CQL2_LIMITS.nodes) throw refuse(`it has more than ${CQL2_LIMITS.nodes} parts`);
    if (depth > CQL2_LIMITS.depth) throw refuse(`it is nested deeper than ${CQL2_LIMITS.depth}`);
    if (typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (Array.isArray(value)) return value.map((item) => this.node(item, depth + 1));
    if (typeof value === 'object' && value !== null)
      return this.object(value as Readonly<Record<string, unknown>>, depth);
    throw refuse(`${String(JSON.stringify(value))} is no value of CQL2`);
  }

  private object(given: Readonly<Record<string, unknown>>, depth: number): Cql2 {
    if (typeof given['type'] === 'string') return geometryOf(given);
    if (Array.isArray(given['args']) && typeof given['op'] === 'string') {
      return { op: given['op'], args: given['args'].map((arg) => this.node(arg, depth + 1)) };
    }
    if (typeof given['property'] === 'string') return { property: given['property'] };
    if (typeof given['date'] === 'string') return { date: given['date'] };
    if (typeof given['timestamp'] === 'string') return { timestamp: given['timestamp'] };
    if (Array.isArray(given['interval'])) return this.interval(given['interval'], depth);
    if (Array.isArray(given['bbox'])) return boxOf(given['bbox']);
    throw refuse(`an object has "op" and "args", "property", "date", "timestamp", "interval", "bbox" or is a geometry`);
  }

  private interval(ends: readonly unknown[], depth: number): Cql2 {
    const [start, end] = ends.map((each) => this.node(each, depth + 1));
    if (start === undefined || end === undefined || ends.length !== 2) throw refuse('an interval has two ends');
    return { interval: [start, end] };
  }
}

function geometryOf(given: unknown): Cql2 {
  const { data, error } = geometrySchema.safeParse(given);
  if (data === undefined) throw refuse(`a geometry is not valid: ${error?.issues[0]?.message ?? 'unknown'}`);
  return data;
}

function boxOf(given: readonly unknown[]): Cql2 {
  const numbers = given.filter((each) => typeof each === 'number');
  if (numbers.length !== given.length || (given.length !== 4 && given.length !== 6)) {
    throw refuse('a bbox has four or six numbers');
  }
  return { bbox: numbers };
}

function refuse(reason: string): InvalidError {
  return new InvalidError(`The filter cannot be read: ${reason}.`, { subject: 'filter' });
}
