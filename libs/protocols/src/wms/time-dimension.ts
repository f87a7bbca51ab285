import type { TimeInterval } from '#domain/geometry/time-interval.js';
import { WmsError } from './wms-error.js';

/** One item of a TIME value: a moment at the accuracy it was written in (`2024-05` is that month), or a range. */
export interface TimeValue {
  readonly interval: TimeInterval;
  readonly isRange: boolean;
}

/** What TIME asks for: nothing given, the newest there is, or moments and ranges. */
export type TimeSelection =
  | { readonly kind: 'default' }
  | { readonly kind: 'current' }
  | { readonly kind: 'values'; readonly values: readonly TimeValue[] };

const MAX_VALUES = 200;
const MOMENT =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/i;
const DURATION = /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i;

/**
 * Reads TIME (WMS 1.3.0 annex C.3.5 and D): instants, dates and reduced accuracy, `start/end[/period]`, lists of these, `current`.
 * A period is checked and otherwise ignored: everything acquired within the range is meant. An end may be a duration or open (`..`).
 * Throws WmsError InvalidDimensionValue.
 */
export function parseTime(text: string | undefined): TimeSelection {
  const value = text?.trim() ?? '';
  if (value === '' || value.toLowerCase() === 'default') return { kind: 'default' };
  if (value.toLowerCase() === 'current') return { kind: 'current' };
  const items = value.split(',').map((item) => item.trim());
  if (items.length > MAX_VALUES) throw invalid(`TIME has more than ${MAX_VALUES} values.`);
  return { kind: 'values', values: items.map(parseItem) };
}

function parseItem(item: string): TimeValue {
  const parts = partsOf(item);
  const [first = '', last, period] = parts;
  if (parts.length > 3 || (period !== undefined && period !== '0' && !DURATION.test(period))) throw notATime(item);
  if (last === undefined) return { interval: parseMoment(first), isRange: false };
  const interval = DURATION.test(first) ? parseRangeBack(first, last) : parseRange(first, last, item);
  return { interval, isRange: true };
}

/** A declared interval with `current` put behind it runs from where it begins to now. */
function partsOf(item: string): readonly string[] {
  const parts = item.split('/');
  return parts.length === 4 && parts[3]!.toLowerCase() === 'current' ? [parts[0]!, parts[3]!] : parts;
}

function parseRange(first: string, last: string, item: string): TimeInterval {
  const start = isOpen(first) ? undefined : parseMoment(first).start;
  if (start && DURATION.test(last)) return { start, end: shift(start, last, 1) };
  const end = isOpen(last) ? undefined : parseMoment(last).end;
  if (!start || !end) return { ...(start && { start }), ...(end && { end }) };
  if (end < start) throw invalid(`TIME range "${item}" ends before it begins.`);
  return { start, end };
}

function parseRangeBack(duration: string, last: string): TimeInterval {
  const { end } = parseMoment(last);
  return { start: shift(end, duration, -1), end };
}

/** `..` and nothing as in ISO 8601-2; `current` as an end is no end. */
function isOpen(text: string): boolean {
  return text === '' || text === '..' || text.toLowerCase() === 'current';
}

/** A moment as the interval its accuracy spans, to the last millisecond. */
function parseMoment(text: string): { readonly start: Date; readonly end: Date } {
  const match = MOMENT.exec(text.trim());
  if (!match) throw notATime(text);
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const fields = [year, month, day, hour, minute, second].filter((field) => field !== undefined).map(Number);
  const milliseconds = Number((fraction ?? '').padEnd(3, '0').slice(0, 3));
  const start = utc(fields, milliseconds);
  if (!isReal(fields, start)) throw notATime(text);
  const accuracy = fields.length - 1;
  const next = fraction === undefined ? utc(fields.with(accuracy, (fields[accuracy] ?? 0) + 1), 0) : start + 1;
  const offset = offsetOf(zone);
  return { start: new Date(start - offset), end: new Date(next - 1 - offset) };
}

function utc(fields: readonly number[], milliseconds: number): number {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = fields;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.setUTCHours(hour, minute, second, milliseconds);
}

/** Refuses 31 February and minute 60, which Date would carry over. */
function isReal(fields: readonly number[], time: number): boolean {
  const date = new Date(time);
  const written = [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ];
  return fields.every((field, index) => field === written[index]);
}

function offsetOf(zone: string | undefined): number {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? '');
  if (!match) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}

function shift(from: Date, duration: string, sign: 1 | -1): Date {
  const fields = DURATION.exec(duration)?.slice(1) ?? [];
  const amount = (index: number): number => sign * Number(fields[index] ?? 0);
  const date = new Date(from);
  date.setUTCFullYear(
    date.getUTCFullYear() + amount(0),
    date.getUTCMonth() + amount(1),
    date.getUTCDate() + amount(2) * 7 + amount(3),
  );
  date.setTime(date.getTime() + ((amount(4) * 60 + amount(5)) * 60 + amount(6)) * 1000);
  if (Number.isNaN(date.getTime())) throw notATime(duration);
  return date;
}

function notATime(text: string): WmsError {
  return invalid(
    `"${text.slice(0, 100)}" is no time: write it like 2024-05-12, 2024-05-12T10:20:31Z or 2024-05-01/2024-05-31.`,
  );
}

function invalid(message: string): WmsError {
  return new WmsError(message, 'InvalidDimensionValue', 'TIME');
}
