import type { ImageFormat, PixelDepth } from '#domain/ports/raster-engine.js';
import type { Kvp } from '../ows/kvp.js';
import { findMapCrs, type MapCrs } from './map-crs.js';
import { findMapFormat, MAP_FORMATS, type MapFormat } from './map-format.js';
import { parseMapVendor, type MapVendor } from './map-vendor.js';
import { parseTime, type TimeSelection } from './time-dimension.js';
import { WmsError } from './wms-error.js';
import { spokenDialect, type WmsDialect } from './wms-version.js';

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
  /** Of a PNG, where FORMAT says so. */
  readonly depth?: PixelDepth;
  /** How the answer is labelled where not by its format. */
  readonly mediaType?: string;
  readonly transparent: boolean;
  /** 0xRRGGBB. */
  readonly background: number;
  readonly time: TimeSelection;
}

/** Largest map, pixels each way, and most layers in one. */
export const MAP_LIMITS = { width: 4096, height: 4096, layers: 10 } as const;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Reads GetMap (WMS 1.3.0 §7.3; 1.1.x spelling and axis order too). Parameters it does not know, DPI ones among them, are ignored. Throws WmsError. */
export function parseGetMap(kvp: Kvp): GetMapRequest {
  const dialect = spokenDialect(kvp.get('VERSION') ?? kvp.get('WMTVER'));
  refuseStyledLayers(kvp);
  const layers = parseLayers(kvp.get('LAYERS'), kvp.get('STYLES'));
  const crs = parseCrs(kvp, dialect);
  const { name: mediaType, ...format } = parseFormat(kvp.get('FORMAT'));
  return {
    layers,
    crs: crs.code,
    bbox: parseBbox(kvp.get('BBOX'), crs.northFirst && dialect.axesOfAuthority),
    width: parseSize(kvp, 'WIDTH', MAP_LIMITS.width),
    height: parseSize(kvp, 'HEIGHT', MAP_LIMITS.height),
    ...format,
    mediaType,
    transparent: parseTransparent(kvp.get('TRANSPARENT')),
    background: parseBackground(kvp.get('BGCOLOR')),
    time: parseTime(kvp.get('TIME')),
    ...parseMapVendor(kvp),
  };
}

/** Styles of the client's are formulas (EXPRESSION); documents are neither fetched nor read. */
function refuseStyledLayers(kvp: Kvp): void {
  const name = ['SLD', 'SLD_BODY'].find((parameter) => kvp.has(parameter));
  if (name === undefined) return;
  throw new WmsError(`${name} is not read here; name a style in STYLES or give an EXPRESSION.`, undefined, name);
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

/** By the parameter of the version or that of the other one. */
function parseCrs(kvp: Kvp, { crsName, invalidCrs }: WmsDialect): MapCrs {
  const text = kvp.get(crsName) ?? kvp.get('CRS') ?? kvp.get('SRS');
  if (text === undefined) throw new WmsError(`${crsName} is missing.`, invalidCrs, crsName);
  const crs = findMapCrs(text);
  if (!crs) throw new WmsError(`${crsName} ${text.slice(0, 60)} is not served.`, invalidCrs, crsName);
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

function parseFormat(text: string | undefined): MapFormat {
  const format = findMapFormat(text);
  if (format) return format;
  const problem = text === undefined ? 'FORMAT is missing' : `FORMAT ${text.slice(0, 60)} is not served`;
  const served = MAP_FORMATS.map(({ name }) => name).join(', ');
  throw new WmsError(`${problem}; use one of ${served}.`, 'InvalidFormat', 'FORMAT');
}

function parseTransparent(text: string | undefined): boolean {
  const value = text?.toUpperCase();
  if (value === undefined || value === 'FALSE' || value === 'TRUE') return value === 'TRUE';
  throw new WmsError('TRANSPARENT must be TRUE or FALSE.', undefined, 'TRANSPARENT');
}

function parseBackground(text: string | undefined): number {
  if (text === undefined) return 0xffffff;
  const hex = /^(?:0x|#)([0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (hex === undefined) throw new WmsError('BGCOLOR must look like 0xRRGGBB.', undefined, 'BGCOLOR');
  return Number.parseInt(hex, 16);
}
