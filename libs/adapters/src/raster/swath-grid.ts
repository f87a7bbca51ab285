import { InvalidError } from '#domain/errors.js';
import type { Swath, SwathGrid } from './swath.js';
import { SwathRasterizer } from './swath-rasterizer.js';

const METRES_PER_DEGREE = 111_320;
/** Cells get no narrower in longitude than at this latitude. */
const STEEPEST_COSINE = Math.cos((78 * Math.PI) / 180);
const SAMPLES = 4_000;

/** Lays a grid of about the swath's own ground resolution over it, at most `maxSide` cells a side, gaps between pixels filled. Throws InvalidError where there are no usable positions. */
export function gridSwath(swath: Swath, maxSide: number): SwathGrid {
  const { longitude } = swath;
  unwrap(longitude);
  const [west, east] = extent(longitude);
  const [south, north] = extent(swath.latitude);
  if (!(east > west && north > south) || south < -90.001 || north > 90.001) {
    throw new InvalidError('The picture has no usable positions: latitudes and longitudes are missing or out of range');
  }
  const cosine = Math.max(STEEPEST_COSINE, Math.cos((((south + north) / 2) * Math.PI) / 180));
  const step = Math.max(
    groundStep(swath, cosine) / METRES_PER_DEGREE,
    ((east - west) * cosine) / maxSide,
    (north - south) / maxSide,
  );
  const pixelSize = [step / cosine, step] as const;
  const width = Math.min(maxSide, Math.ceil((east - west) / pixelSize[0]));
  const height = Math.min(maxSide, Math.ceil((north - south) / pixelSize[1]));
  const grid = { width, height, origin: [west, north] as const, pixelSize };
  return { ...grid, source: new SwathRasterizer(swath, grid).run() };
}

/** Moves longitudes by whole turns so that they begin east of the widest empty span: a swath over the antimeridian becomes one piece. In place. */
function unwrap(longitude: Float32Array): void {
  const start = startOf(longitude);
  for (let i = 0; i < longitude.length; i++) longitude[i] = start + ((((longitude[i]! - start) % 360) + 360) % 360);
}

function startOf(longitude: Float32Array): number {
  const filled = new Uint8Array(360);
  for (const value of longitude) {
    if (value >= -360 && value <= 360) filled[(Math.floor(value) + 540) % 360] = 1;
  }
  let best = { length: 1, end: 0 };
  for (let at = 0, length = 0; at < 720; at++) {
    length = filled[at % 360] === 1 ? 0 : length + 1;
    if (length > best.length && length <= 360) best = { length, end: (at + 1) % 360 };
  }
  return best.end - 180;
}

function extent(values: Float32Array): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** Median distance in metres between neighbours, the shorter of across and along the track. */
function groundStep(swath: Swath, cosine: number): number {
  const { columns, rows, longitude, latitude } = swath;
  if (columns < 2 || rows < 2) throw new InvalidError('The picture is a line, not a swath');
  const count = columns * rows;
  const distances = [1, columns].map((neighbour) => {
    const found: number[] = [];
    const stride = Math.max(1, Math.floor(count / SAMPLES));
    for (let at = 0; at + neighbour < count; at += stride) {
      const across = (longitude[at + neighbour]! - longitude[at]!) * cosine;
      const distance = Math.hypot(across, latitude[at + neighbour]! - latitude[at]!);
      if (distance > 0 && distance < 5) found.push(distance);
    }
    return found.toSorted((a, b) => a - b)[found.length >> 1] ?? Infinity;
  });
  const step = Math.min(...distances) * METRES_PER_DEGREE;
  if (!Number.isFinite(step)) throw new InvalidError('The positions of the picture lie too far apart to draw it');
  return step;
}
