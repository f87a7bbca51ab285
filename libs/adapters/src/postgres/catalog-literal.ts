import { InvalidError } from '#domain/errors.js';
import type { QueryableType } from '#domain/catalog/queryables.js';
import type { Literal } from '#domain/catalog/catalog-query.js';

/** A value PostgreSQL takes as a parameter of the column's type. */
export type SqlLiteral = string | number | boolean;

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|z|[+-]\d\d(?::?\d\d)?)?|[Zz])?$/;

/**
 * The literal as a column of `type` compares it: text that reads as a number, instant (ISO 8601, UTC unless it says otherwise) or boolean becomes one.
 * Throws InvalidError naming the property for anything else.
 */
export function sqlLiteral(value: Literal, type: QueryableType | 'uuid', property: string): SqlLiteral {
  const read = READERS[type](value);
  if (read !== undefined) return read;
  const shown = value instanceof Date ? 'a date' : JSON.stringify(value);
  throw new InvalidError(`${property} is compared with ${shown}, which is not ${TYPE_NAMES[type]}.`, {
    subject: property,
  });
}

const TYPE_NAMES: Readonly<Record<QueryableType | 'uuid', string>> = {
  string: 'text',
  strings: 'text',
  integer: 'a number',
  number: 'a number',
  date: 'a date and time (ISO 8601)',
  boolean: 'true or false',
  uuid: 'a UUID',
};

const READERS: Readonly<Record<QueryableType | 'uuid', (value: Literal) => SqlLiteral | undefined>> = {
  string: readText,
  strings: readText,
  integer: readNumber,
  number: readNumber,
  date: readInstant,
  boolean: readBoolean,
  uuid: (value) => (typeof value === 'string' && UUID.test(value) ? value.toLowerCase() : undefined),
};

/** PostgreSQL's text has no NUL and no lone surrogates. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function readText(value: Literal): string | undefined {
  const text = value instanceof Date ? isoInstant(value) : String(value);
  return text !== undefined && isStorableText(text) ? text : undefined;
}

function readNumber(value: Literal): number | undefined {
  const number = typeof value === 'string' && NUMBER.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function readBoolean(value: Literal): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'true' || value === 'false' ? value === 'true' : undefined;
}

function readInstant(value: Literal): string | undefined {
  if (value instanceof Date) return isoInstant(value);
  return typeof value === 'string' ? isoInstant(parseInstant(value.trim())) : undefined;
}

function parseInstant(text: string): Date | undefined {
  const parts = INSTANT.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = parts;
  // Date takes 31 February as 2 or 3 March.
  if (Number(day) > new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()) return undefined;
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}${isoZone(zone)}`);
}

function isoZone(zone: string): string {
  if (/^z$/i.test(zone)) return 'Z';
  return `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`;
}

/** PostgreSQL and ISO agree on years 0001 to 9999 only. */
function isoInstant(date: Date | undefined): string | undefined {
  if (date === undefined || Number.isNaN(date.getTime())) return undefined;
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999 ? date.toISOString() : undefined;
}
