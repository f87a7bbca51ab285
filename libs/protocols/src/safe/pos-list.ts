import { InvalidError } from '#domain/errors.js';
import type { Position } from '#domain/geometry/geometry.js';
import type { Ring } from '#domain/geometry/ring.js';

/** Positions written latitude first, as every Sentinel does (`gml:coordinates`, `gml:posList`, `EXT_POS_LIST`); separated by spaces or commas. Throws InvalidError. */
export function parseLatLonList(text: string): Ring {
  const numbers = text
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const heights = hasHeights(numbers);
  const positions: Position[] = [];
  for (let i = 0; i < numbers.length; i += heights && numbers[i + 2] === 0 ? 3 : 2) {
    const [latitude, longitude] = numbers.slice(i, i + 2);
    if (longitude === undefined) throw new InvalidError('The footprint has a latitude without longitude.');
    positions.push(checked(longitude, latitude!));
  }
  return positions;
}

/** Some reprocessed Sentinel-2 products write a height of 0 after positions, though not after the last ones. */
function hasHeights(numbers: readonly number[]): boolean {
  return [2, 5, 8].every((i) => numbers[i] === 0);
}

function checked(longitude: number, latitude: number): Position {
  if (!(Math.abs(longitude) <= 360 && Math.abs(latitude) <= 90)) {
    throw new InvalidError(`The footprint has the position ${latitude} ${longitude}, which is not on Earth.`);
  }
  return [longitude, latitude];
}
