import type { PlaneBox } from '#domain/tiles/tile-matrix-set.js';
import { InvalidError } from '#domain/errors.js';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import type { Kvp } from '../ows/kvp.js';
import { MAP_LIMITS } from '../wms/get-map-request.js';
import { findMapCrs, type MapCrs } from '../wms/map-crs.js';

/** Where a map is of and how large it is (OGC 20-058 §8 to 13). */
export interface MapFrame {
  readonly crs: MapCrs;
  /** What was asked for, x/y of `boxCrs`. */
  readonly box: { readonly crs: MapCrs; readonly bbox: PlaneBox } | undefined;
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** Undefined leaves it to the format. */
  readonly transparent: boolean | undefined;
  /** 0xRRGGBB. */
  readonly background: number;
}

/** Longer side of a map that says nothing of its size. */
const USUAL_SIZE = 1024;
const CRS84 = '[OGC:CRS84]';

/** Reads `bbox`, `bbox-crs`, `crs`, `width`, `height`, `transparent` and `bgcolor`. Throws InvalidError with the parameter as subject. */
export function parseMapFrame(kvp: Kvp): MapFrame {
  const boxCrs = parseCrs(kvp, 'bbox-crs');
  const bbox = parseBbox(kvp.get('BBOX'), boxCrs);
  return {
    crs: parseCrs(kvp, 'crs'),
    box: bbox && { crs: boxCrs, bbox },
    width: parseSize(kvp, 'width'),
    height: parseSize(kvp, 'height'),
    transparent: parseTransparent(kvp.get('TRANSPARENT')),
    background: parseColour(kvp.get('BGCOLOR')),
  };
}

/** Both sides of a map of a box: what was not said follows from the shape of the box, pixels being square. */
export function sizeOf({ width, height }: MapFrame, [minX, minY, maxX, maxY]: PlaneBox): readonly [number, number] {
  const shape = (maxX - minX) / (maxY - minY);
  const within = (size: number): number => Math.max(1, Math.min(MAP_LIMITS.width, Math.round(size)));
  if (width !== undefined && height !== undefined) return [width, height];
  if (width !== undefined) return [width, within(width / shape)];
  if (height !== undefined) return [within(height * shape), height];
  return shape >= 1 ? [USUAL_SIZE, within(USUAL_SIZE / shape)] : [within(USUAL_SIZE * shape), USUAL_SIZE];
}

/** A box as `Content-Bbox` has it, in the axis order of its system. */
export function writeContentBbox([minX, minY, maxX, maxY]: PlaneBox | BoundingBox, { northFirst }: MapCrs): string {
  return (northFirst ? [minY, minX, maxY, maxX] : [minX, minY, maxX, maxY]).join(',');
}

function parseCrs(kvp: Kvp, name: 'crs' | 'bbox-crs'): MapCrs {
  const text = kvp.get(name.toUpperCase()) ?? CRS84;
  const crs = findMapCrs(/^\[(.{1,40})\]$/.exec(text)?.[1] ?? text);
  if (crs) return crs;
  throw new InvalidError(`${name} ${text.slice(0, 80)} is not served.`, { subject: name });
}

/** Minima below maxima. */
function parseBbox(text: string | undefined, { northFirst }: MapCrs): PlaneBox | undefined {
  if (text === undefined) return undefined;
  const numbers = text.split(',').map((field) => (field.trim() === '' ? NaN : Number(field)));
  const [a, b, c, d] = flatBox(numbers);
  if (!numbers.every(Number.isFinite) || !(a < c && b < d)) {
    throw new InvalidError('bbox must be four numbers, minima below maxima.', { subject: 'bbox' });
  }
  return northFirst ? [b, a, d, c] : [a, b, c, d];
}

/** Heights are left out; NaN for what is no box. */
function flatBox(numbers: readonly number[]): PlaneBox {
  const [a = NaN, b = NaN, c = NaN, d = NaN, e = NaN] = numbers;
  if (numbers.length === 4) return [a, b, c, d];
  return numbers.length === 6 ? [a, b, d, e] : [NaN, NaN, NaN, NaN];
}

function parseSize(kvp: Kvp, name: 'width' | 'height'): number | undefined {
  const text = kvp.get(name.toUpperCase());
  if (text === undefined) return undefined;
  const size = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (size >= 1 && size <= MAP_LIMITS[name]) return size;
  throw new InvalidError(`${name} must be a whole number from 1 to ${MAP_LIMITS[name]}.`, { subject: name });
}

function parseTransparent(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  const value = text.toLowerCase();
  if (value === 'true' || value === 'false') return value === 'true';
  throw new InvalidError('transparent must be true or false.', { subject: 'transparent' });
}

function parseColour(text: string | undefined): number {
  if (text === undefined) return 0xffffff;
  const hex = /^(?:0x|#)?([0-9a-f]{6})$/i.exec(text)?.[1];
  if (hex !== undefined) return Number.parseInt(hex, 16);
  throw new InvalidError('bgcolor must look like 0xRRGGBB.', { subject: 'bgcolor' });
}
