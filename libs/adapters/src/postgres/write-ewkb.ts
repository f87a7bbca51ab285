import type { Geometry } from '#domain/geometry/geometry.js';
import { geometryBytes } from './geometry-bytes.js';

/** A geometry as PostGIS reads it fastest: extended well-known binary in hexadecimal digits, heights left out. */
export function writeEwkb(geometry: Geometry): string {
  return geometryBytes(geometry).toString('hex');
}
