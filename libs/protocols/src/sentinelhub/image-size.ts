import type { Kvp } from '../ows/kvp.js';
import { WmsError } from '../wms/wms-error.js';

/** What an image is made of. */
export interface ImageGround {
  readonly crs: string;
  readonly bbox: readonly [minX: number, minY: number, maxX: number, maxY: number];
  readonly limits: { readonly width: number; readonly height: number };
}

const METRES_PER_DEGREE = 111_320;
const DEGREES = new Set(['EPSG:4326', 'CRS:84', 'EPSG:4258']);

/**
 * Pixels of an image: WIDTH and HEIGHT (where one is missing, in the proportions of the ground), or RESX and RESY: lengths in units of the system, or in
 * metres (`10m`), which in degrees are those in the middle of the box. Throws WmsError.
 */
export function parseImageSize(kvp: Kvp, ground: ImageGround): { readonly width: number; readonly height: number } {
  const [minX, minY, maxX, maxY] = ground.bbox;
  const [across, up] = [maxX - minX, maxY - minY];
  const east = metresEast(ground);
  const north = DEGREES.has(ground.crs) ? METRES_PER_DEGREE : 1;
  const given = { width: pixels(kvp.get('WIDTH'), 'WIDTH'), height: pixels(kvp.get('HEIGHT'), 'HEIGHT') };
  const width = given.width ?? cells(kvp.get('RESX'), across, { name: 'RESX', metres: east });
  const height = given.height ?? cells(kvp.get('RESY'), up, { name: 'RESY', metres: north });
  if (width === undefined && height === undefined) {
    throw new WmsError('WIDTH and HEIGHT, or RESX and RESY, are missing.', undefined, 'WIDTH');
  }
  const ratio = (across * east) / (up * north);
  const size = {
    width: width ?? Math.max(1, Math.round(height! * ratio)),
    height: height ?? Math.max(1, Math.round(width! / ratio)),
  };
  checkSize(size, ground.limits);
  return size;
}

function metresEast({ crs, bbox }: ImageGround): number {
  if (!DEGREES.has(crs)) return 1;
  const latitude = Math.max(-89, Math.min(89, (bbox[1] + bbox[3]) / 2));
  return METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180);
}

function pixels(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const size = /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0;
  if (size > 0) return size;
  throw new WmsError(`${name} must be a whole number above nought.`, undefined, name);
}

function cells(
  text: string | undefined,
  length: number,
  { name, metres }: { name: string; metres: number },
): number | undefined {
  if (text === undefined) return undefined;
  const [, number, unit] = /^(\d{1,12}(?:\.\d{1,17})?(?:e-?\d{1,2})?)\s*(m?)$/i.exec(text.trim()) ?? [];
  const size = Number(number ?? 0) / (unit === undefined || unit === '' ? 1 : metres);
  if (size > 0) return Math.max(1, Math.round(length / size));
  throw new WmsError(`${name} must be a length such as 10m.`, undefined, name);
}

function checkSize({ width, height }: { width: number; height: number }, limits: ImageGround['limits']): void {
  if (width <= limits.width && height <= limits.height) return;
  throw new WmsError(
    `An image has at most ${limits.width} x ${limits.height} pixels, not ${width} x ${height}.`,
    undefined,
    width > limits.width ? 'WIDTH' : 'HEIGHT',
  );
}
