import { InvalidError } from '#domain/errors.js';

const COMPACT = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})$/;
const EXTENDED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z?$/;

/** A time as product names (`20210809T173953`) and metadata (`2021-08-09T17:39:53.153776`, with or without Z) write it: always UTC, cut to milliseconds. Throws InvalidError. */
export function parseSafeTime(text: string): Date {
  const extended = text.replace(COMPACT, '$1-$2-$3T$4:$5:$6');
  if (!EXTENDED.test(extended)) throw new InvalidError(`${JSON.stringify(text.slice(0, 40))} is not a UTC time.`);
  const [seconds, fraction = ''] = extended.replace('Z', '').split('.');
  const time = new Date(`${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  if (Number.isNaN(time.getTime()) || !time.toISOString().startsWith(seconds!)) {
    throw new InvalidError(`${text} is not a day and time of the calendar.`);
  }
  return time;
}

/** As parseSafeTime; undefined for no text and for the placeholders metadata uses (`NULL`, `N/A`, ...). */
export function optionalSafeTime(text: string | undefined): Date | undefined {
  return text === undefined || !/^\d/.test(text) ? undefined : parseSafeTime(text);
}
