import { InvalidError } from '#domain/errors.js';
import type { Position } from '#domain/geometry/geometry.js';
import type { Ring } from '#domain/geometry/ring.js';

/** Positions written latitude first, as every Sentinel does (`gml:coordinates`, `gml:posList`, `EXT_POS_LIST`); separated by spaces or commas. Throws InvalidError. */
export function parseLatLonList(text: string): Ring {
  const numbers = text
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  if (numbers.length % 2 !== 0) throw new InvalidError('The footprint has a latitude without longitude.');
  const positions: Position[] = [];
  for (let i = 0; i < numbers.length; i += 2) positions.push(checked(numbers[i + 1]!, numbers[i]!));
  return positions;
}

function checked(longitude: number, latitude: number): Position {
  if (!(Math.abs(longitude) <= 360 && Math.abs(latitude) <= 90)) {
    throw new InvalidError(`The footprint has the position ${latitude} ${longitude}, which is not on Earth.`);
  }
  return [longitude, latitude];
}
