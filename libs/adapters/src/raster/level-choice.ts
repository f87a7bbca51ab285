import type { MapPoint, Point } from './coordinate-transform.js';
import type { PixelRect } from './pixel-map.js';
import type { RasterHeader } from './raster-header.js';
import type { RasterLevel } from './raster-level.js';

const PROBES = [1 / 8, 3 / 8, 5 / 8, 7 / 8];
/** A level up to this much coarser than the image is near enough. */
const TOLERANCE = 1.05;

/** Full resolution pixels a step of one target pixel spans, the smaller of both directions: the median where the image meets the raster. Undefined where it never transforms. */
export function measureStride(map: MapPoint, rect: PixelRect, header: RasterHeader): number | undefined {
  const { width, height } = header.levels[0]!;
  const within: number[] = [];
  const without: number[] = [];
  for (const y of PROBES) {
    for (const x of PROBES) {
      const [column, row] = [rect.x + x * rect.width, rect.y + y * rect.height];
      const here = map(column, row);
      const stride = here && strideAt(map, here, [column, row]);
      if (stride === undefined) continue;
      const meets = isNear(here![0], width) && isNear(here![1], height);
      (meets ? within : without).push(stride);
    }
  }
  return median(within.length > 0 ? within : without);
}

function isNear(position: number, size: number): boolean {
  return position > -size * 0.1 && position < size * 1.1;
}

function strideAt(map: MapPoint, here: Point, [column, row]: Point): number | undefined {
  const right = map(column + 1, row);
  const below = map(column, row + 1);
  if (right === undefined || below === undefined) return undefined;
  const across = Math.hypot(right[0] - here[0], below[0] - here[0]);
  const down = Math.hypot(right[1] - here[1], below[1] - here[1]);
  return Math.min(across, down);
}

function median(values: number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** The coarsest level that is not coarser than the image needs, as gdalwarp chooses it. Levels run from fine to coarse. */
export function chooseLevel(levels: readonly RasterLevel[], stride: number): number {
  const full = levels[0]!;
  const fits = (level: RasterLevel): boolean =>
    Math.max(full.width / level.width, full.height / level.height) <= stride * TOLERANCE;
  return Math.max(0, levels.findLastIndex(fits));
}
