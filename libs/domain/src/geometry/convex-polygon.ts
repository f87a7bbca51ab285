import type { Geometry, Position } from './geometry.js';
import type { Ring } from './ring.js';

/**
 * Whether a geometry is surely a valid polygon (OGC 06-103r4 §6.1.11): one ring of coordinates in degrees that turns the same way at every corner,
 * once around. False says nothing: the polygon may still be valid. In time linear in its corners, which the general question is not.
 */
export function isConvexPolygon(geometry: Geometry): boolean {
  if (geometry.type !== 'Polygon' || geometry.coordinates.length !== 1) return false;
  const [ring] = geometry.coordinates;
  return ring !== undefined && ring.length >= 4 && turnsOneWay(ring) && reversals(ring) === 2;
}

/** Below this a corner of degrees could turn the other way but for rounding. */
const LEAST_TURN = 1e-10;

function turnsOneWay(ring: Ring): boolean {
  const corners = ring.length - 1;
  const way = Math.sign(turn(ring[corners - 1]!, ring[0]!, ring[1]!));
  for (let at = 0; at < corners; at++) {
    const turned = turn(ring[at === 0 ? corners - 1 : at - 1]!, ring[at]!, ring[at + 1]!);
    if (!(turned * way > LEAST_TURN)) return false;
  }
  return true;
}

function turn(a: Position, b: Position, c: Position): number {
  return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]);
}

/** How often a closed ring changes between going east and going west: twice a round where it always turns the same way. */
function reversals(ring: Ring): number {
  const headings = ring.slice(1).map(([x], at) => Math.sign(x - ring[at]![0]));
  const eastOrWest = headings.filter((heading) => heading !== 0);
  return eastOrWest.filter((heading, at) => heading !== eastOrWest.at(at - 1)).length;
}
