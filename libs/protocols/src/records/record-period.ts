import type { MetadataRecord } from './metadata-record.js';
import { endOfDate, startOfDate } from './record-value.js';

/** When a record that names no time at all counts as acquired: the begin of the calendar computers keep. */
export const UNDATED = new Date('1970-01-01T00:00:00Z');

/** The acquisition of a record: its period, else its dates, else UNDATED. A period that goes on ends with the last date of the record. */
export function recordPeriod(record: MetadataRecord): readonly [from: Date, to: Date] {
  const { start, end } = record.temporal ?? {};
  const dates = datesOf(record);
  const from = start === undefined ? undefined : startOfDate(start);
  const to = end === undefined ? undefined : endOfDate(end);
  if (from !== undefined && to !== undefined) return from <= to ? [from, to] : [to, from];
  if (from !== undefined) return [from, latest([from, ...dates.map(endOfDate)])];
  if (to !== undefined) return [to, to];
  const [date] = dates;
  return date === undefined ? [UNDATED, UNDATED] : [startOfDate(date), endOfDate(date)];
}

/** The best date first. */
function datesOf({ dates, modified }: MetadataRecord): readonly string[] {
  const all = [dates.date, dates.creation, dates.publication, dates.revision, modified];
  return all.filter((date) => date !== undefined);
}

function latest(times: readonly Date[]): Date {
  return new Date(Math.max(...times.map((time) => time.getTime())));
}
