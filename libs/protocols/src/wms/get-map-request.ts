import type { ImageFormat } from '#domain/ports/raster-engine.js';
import type { Kvp } from '../ows/kvp.js';
import { findMapCrs, type MapCrs } from './map-crs.js';
import { parseMapVendor, type MapVendor } from './map-vendor.js';
import { parseTime, type TimeSelection } from './time-dimension.js';
import { WmsError } from './wms-error.js';

/** A layer and the style it is asked in; an empty style is the default. */
export interface StyledLayer {
  readonly name: string;
  readonly style: string;
}

/** A GetMap with versions and axis orders behind it: `bbox` is x/y of `crs`, `layers` are bottom to top. */
export interface GetMapRequest extends MapVendor {
  readonly layers: readonly StyledLayer[];
  readonly crs: string;
  readonly bbox: readonly [minX: number, minY: number, maxX: number, maxY: number];
  readonly width: number;
  readonly height: number;
  readonly format: ImageFormat;
  readonly transparent: boolean;
  /** 0xRRGGBB. */
  readonly background: number;
  readonly time: TimeSelection;
}

/** Image formats in the order they are advertised. */
export const MAP_FORMATS: readonly ImageFormat[] = ['image/png', 'image/jpeg', 'image/webp'];
/** Largest map, pixels each way, and most layers in one. */
export const MAP_LIMITS = { width: 4096, height: 4096, layers: 10 } as const;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Reads GetMap (WMS 1.3.0 §7.3; 1.1.x spelling and axis order too). Parameters it does not know, DPI ones among them, are ignored. Throws WmsError. */
export function parseGetMap(kvp: Kvp): GetMapRequest {
  const legacy = isLegacy(kvp.get('VERSION') ?? kvp.get('WMTVER'));
  const layers = parseLayers(kvp.get('LAYERS'), kvp.get('STYLES'));
  const crs = parseCrs(kvp.get(legacy ? 'SRS' : 'CRS') ?? kvp.get(legacy ? 'CRS' : 'SRS'));
  return {
    layers,
    crs: crs.code,
    bbox: parseBbox(kvp.get('BBOX'), crs.northFirst && !legacy),
    width: parseSize(kvp, 'WIDTH', MAP_LIMITS.width),
    height: parseSize(kvp, 'HEIGHT', MAP_LIMITS.height),
    format: parseFormat(kvp.get('FORMAT')),
    transparent: kvp.get('TRANSPARENT')?.toUpperCase() === 'TRUE',
    background: parseBackground(kvp.get('BGCOLOR')),
    time: parseTime(kvp.get('TIME')),
    ...parseMapVendor(kvp),
  };
}

function isLegacy(version: string | undefined): boolean {
  if (version === '1.3.0') return false;
  if (version === '1.1.1' || version === '1.1.0') return true;
  const problem = version === undefined ? 'VERSION is missing' : `VERSION ${version.slice(0, 20)} is not served`;
  throw new WmsError(`${problem}; use VERSION=1.3.0.`, undefined, 'VERSION');
}

function parseLayers(layers: string | undefined, styles: string | undefined): readonly StyledLayer[] {
  const names = (layers ?? '').split(',').map((name) => name.trim());
  if (layers === undefined || names.includes('')) {
    throw new WmsError('LAYERS must name at least one layer.', 'LayerNotDefined', 'LAYERS');
  }
  if (names.length > MAP_LIMITS.layers) {
    throw new WmsError(`At most ${MAP_LIMITS.layers} layers can be drawn at once.`, undefined, 'LAYERS');
  }
  const given = styles === undefined ? names.map(() => '') : styles.split(',').map((style) => style.trim());
  if (given.length !== names.length) {
    throw new WmsError('STYLES must be empty or name one style per layer.', 'StyleNotDefined', 'STYLES');
  }
  return names.map((name, index) => ({ name, style: given[index] ?? '' }));
}

function parseCrs(text: string | undefined): MapCrs {
  if (text === undefined) throw new WmsError('CRS is missing.', 'InvalidCRS', 'CRS');
  const crs = findMapCrs(text);
  if (!crs) throw new WmsError(`CRS ${text.slice(0, 60)} is not served.`, 'InvalidCRS', 'CRS');
  return crs;
}

/** §7.3.3.6: minima below maxima; a box without area is an error. */
function parseBbox(text: string | undefined, northFirst: boolean): GetMapRequest['bbox'] {
  const edges = (text ?? '').split(',').map((field) => (NUMBER.test(field.trim()) ? Number(field) : NaN));
  const [a, b, c, d] = edges as [number, number, number, number];
  if (edges.length !== 4 || !edges.every(Number.isFinite) || a >= c || b >= d) {
    throw new WmsError('BBOX must be minx,miny,maxx,maxy with minima below maxima.', undefined, 'BBOX');
  }
  return northFirst ? [b, a, d, c] : [a, b, c, d];
}

function parseSize(kvp: Kvp, name: 'WIDTH' | 'HEIGHT', limit: number): number {
  const text = kvp.get(name) ?? '';
  const size = /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0;
  if (size < 1 || size > limit) {
    throw new WmsError(`${name} must be a whole number from 1 to ${limit}.`, undefined, name);
  }
  return size;
}

/** Media type parameters (`image/png; mode=24bit`) are ignored. */
function parseFormat(text: string | undefined): ImageFormat {
  const format = findMapFormat(text);
  if (format) return format;
  const problem = text === undefined ? 'FORMAT is missing' : `FORMAT ${text.slice(0, 60)} is not served`;
  throw new WmsError(`${problem}; use one of ${MAP_FORMATS.join(', ')}.`, 'InvalidFormat', 'FORMAT');
}

/** The served format a FORMAT value means, if any. */
export function findMapFormat(text: string | undefined): ImageFormat | undefined {
  const type = text?.split(';')[0]?.trim().toLowerCase();
  return type === 'image/jpg' ? 'image/jpeg' : MAP_FORMATS.find((format) => format === type);
}

function parseBackground(text: string | undefined): number {
  if (text === undefined) return 0xffffff;
  const hex = /^(?:0x|#)([0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (hex === undefined) throw new WmsError('BGCOLOR must look like 0xRRGGBB.', undefined, 'BGCOLOR');
  return Number.parseInt(hex, 16);
}
