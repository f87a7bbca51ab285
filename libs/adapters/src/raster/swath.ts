/** Positions of the pixel centres of a picture in acquisition geometry, row-major, degrees; NaN where unknown. Gridding consumes it. */
export interface Swath {
  readonly columns: number;
  readonly rows: number;
  readonly longitude: Float32Array;
  readonly latitude: Float32Array;
}

/** A north-up CRS:84 grid over a swath. Its longitudes run past 180 where the swath crosses the antimeridian. */
export interface SwathGrid {
  readonly width: number;
  readonly height: number;
  readonly origin: readonly [number, number];
  readonly pixelSize: readonly [number, number];
  /** Per cell, 1 + the index of the nearest swath pixel; 0 outside the swath. */
  readonly source: Int32Array;
}
