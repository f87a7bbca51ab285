import { InvalidError } from '#domain/errors.js';
import type { BoundingBox } from '#domain/geometry/geometry.js';

const DATE = /^\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?)?)?$/;
/** How far a box may stick out of the world before it is wrong: rounding of the source, in degrees. */
const ROUNDING = 0.01;

/**
 * A date of a record as exact as its source wrote it (year, month, day or time of ISO 8601), in the extended format, checked against the calendar.
 * Throws InvalidError naming the element.
 */
export function checkRecordDate(text: string, element: string): string {
  const date = extended(text.trim());
  const day = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  const isOnCalendar = date.length < 10 || (isTime(day) && day.toISOString().startsWith(date.slice(0, 10)));
  if (!DATE.test(date) || date.startsWith('0000') || !isOnCalendar || !isTime(startOfDate(date))) {
    throw new InvalidError(`${element} is not a date of the calendar: ${quoted(text)}.`, { subject: element });
  }
  return date;
}

/** What is met besides: `20080721`, `2008-07-21 10:00:00`, `2008-07-21Z`, `2008-07-21T10:00+0200`; XML Schema wants the seconds. */
function extended(text: string): string {
  return text
    .replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
    .replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, '$1T')
    .replace(/^(\d{4}-\d{2}-\d{2})Z$/, '$1')
    .replace(/(T\d{2}:\d{2})(?=Z$|[+-]|$)/, '$1:00')
    .replace(/(T.{5,20}[+-]\d{2})(\d{2})$/, '$1:$2');
}

/** The instant a date of a record begins with; without a zone it is UTC. */
export function startOfDate(date: string): Date {
  if (!date.includes('T')) return new Date(`${date}${'-01-01'.slice(date.length - 4)}T00:00:00Z`);
  return new Date(/(?:Z|[+-]\d{2}:\d{2})$/.test(date) ? date : `${date}Z`);
}

/** The last instant of a date of a record: the end of its year, month or day, or itself. */
export function endOfDate(date: string): Date {
  if (date.includes('T')) return startOfDate(date);
  const end = startOfDate(date);
  if (date.length === 4) end.setUTCFullYear(end.getUTCFullYear() + 1);
  else if (date.length === 7) end.setUTCMonth(end.getUTCMonth() + 1);
  else end.setUTCDate(end.getUTCDate() + 1);
  return new Date(end.getTime() - 1);
}

/** A number of a record. Throws InvalidError naming the element. */
export function checkRecordNumber(text: string, element: string): number {
  const value = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) {
    throw new InvalidError(`${element} is not a number: ${quoted(text)}.`, { subject: element });
  }
  return value;
}

/** A box in longitude, latitude; west may be greater than east (antimeridian), but a side on it counts as the other's. Throws InvalidError naming the element where it is not on Earth. */
export function checkRecordBox(box: readonly number[], element: string): BoundingBox {
  const [west, south, east, north] = [within(box[0], 180), within(box[1], 90), within(box[2], 180), within(box[3], 90)];
  if (Number.isNaN(west + south + east + north) || south > north) {
    throw new InvalidError(`${element} is not a box of longitudes and latitudes: ${box.join(', ')}.`, {
      subject: element,
    });
  }
  if (west === 180 && east < 180) return [-180, south, east, north];
  return east === -180 && west > -180 ? [west, south, 180, north] : [west, south, east, north];
}

function within(degrees: number | undefined, limit: number): number {
  if (degrees === undefined || Math.abs(degrees) > limit + ROUNDING) return Number.NaN;
  return Math.min(limit, Math.max(-limit, degrees));
}

function isTime(date: Date | undefined): date is Date {
  return date !== undefined && !Number.isNaN(date.getTime());
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}
