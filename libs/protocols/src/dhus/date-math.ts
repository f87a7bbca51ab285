import { InvalidError } from '#domain/errors.js';
import { parseSearchDate } from '../opensearch/search-date.js';

const OPERATION = /([+-])(\d{1,9})([A-Z]+)|\/([A-Z]+)/gy;

type Unit = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond';

const UNITS: Readonly<Record<string, Unit>> = {
  YEAR: 'year',
  MONTH: 'month',
  DAY: 'day',
  DATE: 'day',
  HOUR: 'hour',
  MINUTE: 'minute',
  SECOND: 'second',
  MILLI: 'millisecond',
  MILLISECOND: 'millisecond',
};

const LENGTHS: Readonly<Record<Exclude<Unit, 'year' | 'month'>, number>> = {
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
};

/**
 * The interval a date of a query stands for: `NOW` or an ISO 8601 date-time with Solr's date maths (`NOW-1DAY/DAY`, `2015-01-01T00:00:00Z+1MONTH`), UTC; a bare date is
 * its whole day. No blanks, and every step has a unit. Throws InvalidError in Solr's words.
 */
export function parseDateMath(text: string, now: Date): { readonly start: Date; readonly end: Date } {
  const [, origin = '', operations = ''] =
    /^(NOW|\d{4}-\d{2}-\d{2}(?:T[\d:.]{5,20}Z?)?)((?:[+/-][\s\S]*)?)$/.exec(text) ?? [];
  if (origin === '') refuse(text);
  const { start, end } = origin === 'NOW' ? { start: now, end: now } : instantOf(origin, text);
  if (operations === '') return { start, end };
  const moved = applied(start, operations, text);
  return { start: moved, end: moved };
}

function instantOf(origin: string, text: string): { readonly start: Date; readonly end: Date } {
  try {
    return parseSearchDate(origin);
  } catch (error) {
    if (error instanceof InvalidError) refuse(text);
    throw error;
  }
}

function applied(from: Date, operations: string, text: string): Date {
  let at = from;
  let taken = 0;
  for (const [whole, sign, amount, unit, rounded] of operations.matchAll(OPERATION)) {
    const given = unitOf(rounded ?? unit, text);
    at = rounded === undefined ? moved(at, Number(`${sign}${amount}`), given) : floored(at, given);
    taken += whole.length;
  }
  const year = at.getUTCFullYear();
  if (taken !== operations.length || !(year >= 1 && year <= 9999)) refuse(text);
  return at;
}

function unitOf(name: string | undefined, text: string): Unit {
  const unit = Object.hasOwn(UNITS, name ?? '') ? UNITS[name!] : UNITS[(name ?? '').replace(/S$/, '')];
  return unit ?? refuse(text);
}

/** Months end where they end: 31 January and a month is 28 February. */
function moved(at: Date, amount: number, unit: Unit): Date {
  if (unit !== 'year' && unit !== 'month') return new Date(at.getTime() + amount * LENGTHS[unit]);
  const months = at.getUTCFullYear() * 12 + at.getUTCMonth() + amount * (unit === 'year' ? 12 : 1);
  const [year, month] = [Math.floor(months / 12), ((months % 12) + 12) % 12];
  const result = new Date(at);
  const last = new Date(Date.UTC(2000, month + 1, 0)).getUTCDate();
  const days = month === 1 && !isLeap(year) ? 28 : last;
  result.setUTCFullYear(year, month, Math.min(at.getUTCDate(), days));
  return result;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function floored(at: Date, unit: Unit): Date {
  const result = new Date(at);
  if (unit === 'year' || unit === 'month') {
    result.setUTCFullYear(at.getUTCFullYear(), unit === 'year' ? 0 : at.getUTCMonth(), 1);
    result.setUTCHours(0, 0, 0, 0);
    return result;
  }
  return new Date(Math.floor(at.getTime() / LENGTHS[unit]) * LENGTHS[unit]);
}

function refuse(text: string): never {
  throw new InvalidError(`Invalid Date String or Date Math String:'${text.slice(0, 100)}'`, { subject: 'q' });
}
