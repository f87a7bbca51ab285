import { InvalidError } from '#domain/errors.js';
import type { BoundingBox } from '#domain/geometry/geometry.js';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * A `bbox` of 4 or 6 numbers (RFC 7946 §5, OGC 17-069r4 §7.15.3), heights left out; west > east crosses the antimeridian
 * (§5.2). Longitudes up to one turn outside ±180 (panned maps) are brought back. Throws InvalidError.
 */
export function parseBbox(numbers: readonly number[]): BoundingBox {
  const [west, south, east, north] = corners(numbers);
  if (![west, south, east, north].every(Number.isFinite)) throw invalid('needs numbers');
  if (south > north) throw invalid('has its south above its north');
  if (south < -90 || north > 90) throw invalid('has latitudes outside -90 to 90');
  if (Math.min(west, east) < -540 || Math.max(west, east) > 540) throw invalid('has longitudes outside -180 to 180');
  if (east - west >= 360) return [-180, south, 180, north];
  return [wrap(west), south, wrap(east), north];
}

/** A `bbox` given as text, `w,s,e,n`. Throws InvalidError. */
export function parseBboxText(text: string): BoundingBox {
  return parseBbox(parseBboxNumbers(text));
}

/** The numbers of a `bbox` text, whatever their system; NaN for what is none. */
export function parseBboxNumbers(text: string): readonly number[] {
  const parts = text.split(',').map((part) => part.trim());
  return parts.map((part) => (NUMBER.test(part) ? Number(part) : Number.NaN));
}

function corners(numbers: readonly number[]): BoundingBox {
  if (numbers.length !== 4 && numbers.length !== 6) throw invalid(`needs 4 or 6 numbers, not ${numbers.length}`);
  const half = numbers.length / 2;
  const at = (index: number): number => numbers[index] ?? Number.NaN;
  return [at(0), at(1), at(half), at(half + 1)];
}

function wrap(longitude: number): number {
  if (longitude > 180) return longitude - 360;
  return longitude < -180 ? longitude + 360 : longitude;
}

function invalid(problem: string): InvalidError {
  return new InvalidError(`bbox ${problem}`, { subject: 'bbox' });
}
