import type { BoundingBox } from '../geometry/geometry.js';

/** Relates coordinate reference systems to longitude and latitude. */
export abstract class CoordinateSystems {
  /**
   * A longitude/latitude box that holds a box of `crs` (x/y order): never too small, a little too large; west > east across the antimeridian.
   * Undefined where no part of it is on Earth. Throws InvalidError for unknown systems.
   */
  abstract geographicBounds(crs: string, bbox: readonly [number, number, number, number]): BoundingBox | undefined;
  /** The box of `to` (x/y order) around a box of `from`, by its edges; undefined where part of them has no place in `to`. Throws InvalidError for unknown systems. */
  abstract transformBounds(
    from: string,
    to: string,
    bbox: readonly [number, number, number, number],
  ): readonly [number, number, number, number] | undefined;
  /** A longitude and latitude as x/y of a system; undefined where it has no place there. Throws InvalidError for unknown systems. */
  abstract project(crs: string, longitude: number, latitude: number): readonly [x: number, y: number] | undefined;
}
