import { InvalidError } from '#domain/errors.js';

/** An instant as written, to the millisecond below; `isBetween` where it has a finer fraction. */
export interface ODataInstant {
  readonly date: Date;
  readonly isBetween: boolean;
}

const INSTANT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** Edm.DateTimeOffset and Edm.Date (OData 4.01 ABNF), also without seconds or zone (UTC). Throws InvalidError. */
export function parseODataInstant(text: string): ODataInstant {
  const [, day, minutes = '00:00', seconds = '00', fraction = '', zone = 'Z'] = INSTANT.exec(text.trim()) ?? [];
  const offset = zone.toUpperCase().replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2');
  const date = new Date(`${day}T${minutes}:${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`);
  if (day === undefined || Number.isNaN(date.getTime()) || !isDay(day)) {
    throw new InvalidError(`${JSON.stringify(text.slice(0, 60))} is not a date such as 2024-06-01T10:20:30.000Z.`);
  }
  return { date, isBetween: /[1-9]/.test(fraction.slice(3)) };
}

/** As CDSE writes instants: UTC, six fraction digits. */
export function writeODataInstant(date: Date): string {
  return `${date.toISOString().slice(0, -1)}000Z`;
}

/** Date takes 31 February as 2 or 3 March. */
function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
