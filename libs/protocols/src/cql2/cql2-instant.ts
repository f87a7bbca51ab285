import { InvalidError } from '#domain/errors.js';
import type { Cql2 } from './cql2.js';

/** An instant (start and end are the same) or a day, from its first to its last millisecond. UTC. */
export interface Moment {
  readonly start: Date;
  readonly end: Date;
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const TIMESTAMP = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/;
const DAY_MS = 86_400_000;

/** The moment of a literal date or timestamp, undefined for any other value. Throws InvalidError for one that is no date. */
export function momentOf(node: Cql2): Moment | undefined {
  if (typeof node !== 'object') return undefined;
  if ('date' in node) return readMoment(node.date) ?? refuse(node.date);
  return 'timestamp' in node ? (readMoment(node.timestamp) ?? refuse(node.timestamp)) : undefined;
}

/** The moment a text says (RFC 3339 date or date-time), or undefined. */
export function readMoment(text: string): Moment | undefined {
  const isDay = DAY.test(text);
  if (!isDay && !TIMESTAMP.test(text)) return undefined;
  const start = new Date(isDay ? `${text}T00:00:00Z` : text.replace(/(\.\d{3})\d+/, '$1').toUpperCase());
  // Date takes 31 February as 2 March.
  if (Number.isNaN(start.getTime()) || Number(text.slice(8, 10)) > lastDayOf(text)) return undefined;
  return { start, end: isDay ? new Date(start.getTime() + DAY_MS - 1) : start };
}

function lastDayOf(text: string): number {
  return new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
}

function refuse(text: string): never {
  throw new InvalidError(`${JSON.stringify(text.slice(0, 40))} is no date (RFC 3339).`, { subject: 'filter' });
}
