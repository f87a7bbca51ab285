import type { Position } from './geometry.js';

/** A ring of positions; GeoJSON wants it closed (first equals last) and of at least four positions (RFC 7946 §3.1.6). */
export type Ring = readonly Position[];

/** The same ring without positions that repeat the one before them; stays closed if it was. */
export function dropRepeats(ring: Ring): Ring {
  return ring.filter((position, i) => i === 0 || !samePlace(position, ring[i - 1]));
}

/** The ring with its first position again at the end, unless it is there already. */
export function closeRing(ring: Ring): Ring {
  const [first] = ring;
  return first === undefined || samePlace(first, ring.at(-1)) ? ring : [...ring, first];
}

/** Area in square degrees on the flat map; positive where the ring runs counter-clockwise. */
export function signedArea(ring: Ring): number {
  let doubled = 0;
  for (let i = 1; i < ring.length; i++) {
    const [x0, y0] = ring[i - 1]!;
    const [x1, y1] = ring[i]!;
    doubled += x0 * y1 - x1 * y0;
  }
  return doubled / 2;
}

/** The ring running the wanted way: outer rings counter-clockwise, holes clockwise (RFC 7946 §3.1.6). */
export function windRing(ring: Ring, way: 'counter-clockwise' | 'clockwise'): Ring {
  const area = signedArea(ring);
  return (way === 'clockwise' ? area > 0 : area < 0) ? ring.toReversed() : ring;
}

/** Whether the point is inside the closed ring (even-odd rule, flat map); on the edge either answer may come. */
export function ringContains(ring: Ring, [x, y]: Position): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [x0, y0] = ring[i - 1]!;
    const [x1, y1] = ring[i]!;
    if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) inside = !inside;
  }
  return inside;
}

/** Whether two positions are the same place on the flat map, whatever their heights. */
export function samePlace(a: Position | undefined, b: Position | undefined): boolean {
  return a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];
}
