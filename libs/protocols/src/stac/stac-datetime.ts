import type { TimeInterval } from '#domain/geometry/time-interval.js';
import { InvalidError } from '#domain/errors.js';

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;

/**
 * The `datetime` parameter (STAC API Item Search §Query Parameters, OGC 17-069r4 §7.15.4): one RFC 3339 instant, or an
 * interval `a/b` with one end open (`..` or empty). Throws InvalidError for anything else, a reversed interval included.
 */
export function parseDatetime(text: string): TimeInterval {
  const parts = text.split('/');
  if (parts.length === 1) {
    const instant = parseInstant(text);
    return { start: instant, end: instant };
  }
  const [start, end] = parts.map(parseEnd);
  if (parts.length !== 2 || (start === undefined && end === undefined)) {
    throw invalid(`"${text}" is not an interval: give start/end, ../end or start/..`);
  }
  if (start !== undefined && end !== undefined && start > end) throw invalid(`"${text}" ends before it starts`);
  return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
}

function parseEnd(text: string): Date | undefined {
  return text === '' || text === '..' ? undefined : parseInstant(text);
}

/** An RFC 3339 §5.6 date-time, to the millisecond; a leap second is the second after. Throws InvalidError. */
export function parseInstant(text: string): Date {
  const match = RFC3339.exec(text);
  if (match === null) throw invalid(`"${text}" is not an RFC 3339 date-time such as 2024-06-01T00:00:00Z`);
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = match;
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const fits =
    inRange(month, 1, 12) &&
    inRange(day, 1, days) &&
    inRange(hour, 0, 23) &&
    inRange(minute, 0, 59) &&
    inRange(second, 0, 60);
  const offset = offsetMinutes(zone);
  if (!fits || offset === undefined) throw invalid(`"${text}" is no date and time that exists`);
  const instant = new Date(0);
  // Date.UTC would take the years 0-99 as 1900-1999.
  instant.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  instant.setUTCHours(
    Number(hour),
    Number(minute) - offset,
    Number(second),
    Number(fraction.padEnd(3, '0').slice(0, 3)),
  );
  return instant;
}

function inRange(digits: string | undefined, least: number, greatest: number): boolean {
  const value = Number(digits);
  return value >= least && value <= greatest;
}

function offsetMinutes(zone: string): number | undefined {
  if (zone.toUpperCase() === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function invalid(message: string): InvalidError {
  return new InvalidError(message, { subject: 'datetime' });
}
