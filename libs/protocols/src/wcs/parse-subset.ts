import { resolveDate } from './subset-time.js';
import type { CoverageSubset } from './coverage.js';
import { WcsError } from './wcs-error.js';

/** A subset as written: its axis, its system if named in it, and its limits as text (`*` is open). */
export interface WrittenSubset {
  readonly axis: string;
  readonly crs?: string;
  readonly limits: readonly string[];
}

const LONGEST = 1000;

/** `E(1,2)`, `Lat,http://…/4326(48,49)`, `phenomenonTime("2024-05-01","2024-06-01")`, `E(5)`, also in quotes as GDAL sends it (OGC 09-147r3 §8). Throws InvalidSubsetting. */
export function readSubset(text: string): WrittenSubset {
  const bare = text.trim().replace(/^"(.*)"$/s, '$1');
  const open = bare.indexOf('(');
  if (bare.length > LONGEST || open <= 0 || !bare.endsWith(')')) throw wrongSubset(text);
  const [axis = '', crs] = split(bare.slice(0, open));
  const limits = split(bare.slice(open + 1, -1)).map((limit) => limit.replace(/^"(.*)"$/s, '$1').trim());
  if (axis === '' || limits.length < 1 || limits.length > 2 || limits.includes('')) throw wrongSubset(text);
  return { axis, limits, ...(crs === undefined ? {} : { crs }) };
}

const split = (text: string): string[] => text.split(',').map((part) => part.trim());

function wrongSubset(text: string): WcsError {
  return new WcsError(
    `The subset ${text.slice(0, 100)} is not of the form axis(low,high) or axis(point).`,
    'InvalidSubsetting',
    'subset',
  );
}

/** A spatial subset in numbers. Throws InvalidSubsetting. */
export function spatialSubset({ axis, limits }: WrittenSubset): CoverageSubset {
  const [first = '*', second] = limits;
  if (second === undefined) return { axis, point: limitOf(first, axis) };
  return {
    axis,
    ...(first === '*' ? {} : { low: limitOf(first, axis) }),
    ...(second === '*' ? {} : { high: limitOf(second, axis) }),
  };
}

function limitOf(text: string, axis: string): number {
  const value = Number(text);
  if (text !== '' && Number.isFinite(value)) return value;
  throw new WcsError(
    `The limit ${text.slice(0, 50)} of ${axis.slice(0, 50)} is no number.`,
    'InvalidSubsetting',
    axis.slice(0, 100),
  );
}

/** A temporal subset; the end of a day, month or year is its last moment. Throws InvalidSubsetting. */
export function temporalSubset({ axis, limits }: WrittenSubset): { readonly from?: Date; readonly to?: Date } {
  const [first = '*', second] = limits;
  if (second === undefined) {
    throw new WcsError('The time of a coverage set is trimmed, not sliced.', 'InvalidSubsetting', axis);
  }
  const from = first === '*' ? undefined : momentOf(first, 'first', axis);
  const to = second === '*' ? undefined : momentOf(second, 'last', axis);
  if (from !== undefined && to !== undefined && from > to) {
    throw new WcsError('The time begins after its end.', 'InvalidSubsetting', axis);
  }
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function momentOf(text: string, side: 'first' | 'last', axis: string): Date {
  const date = resolveDate(text, side);
  if (date === undefined) throw new WcsError(`${text.slice(0, 50)} is no date of ISO 8601.`, 'InvalidSubsetting', axis);
  return date;
}

/** Whether an axis is that of time. */
export function isTimeAxis(axis: string): boolean {
  return /^(phenomenonTime|time|t)$/i.test(axis);
}
