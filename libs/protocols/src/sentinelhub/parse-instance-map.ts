import type { Kvp } from '../ows/kvp.js';
import { MAP_LIMITS } from '../wms/get-map-request.js';
import { findMapCrs } from '../wms/map-crs.js';
import { parseMapVendor } from '../wms/map-vendor.js';
import { parseTime } from '../wms/time-dimension.js';
import { WmsError } from '../wms/wms-error.js';
import { parseClip } from './clip-geometry.js';
import { decodeEvalscript } from './evalscript.js';
import { parseInstanceFormat } from './instance-format.js';
import type { InstanceMapRequest } from './instance-map-request.js';
import { parseImageSize } from './image-size.js';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** Versions in which a box is x/y whatever the authority says. */
const X_FIRST = new Set(['1.0.0', '1.1.0', '1.1.1']);

/**
 * Reads GetMap, and GetCoverage with `COVERAGE` and `BBOX`, as sentinelhub-py and eo-learn ask (view contract: WMS 1.3.0 and 1.1.1, WCS 1.1.2 and 1.0.0).
 * Parameters it does not know (WARNINGS, SHOWLOGO, PREVIEW, GAIN, GAMMA, ATMFILTER …) are ignored. Throws WmsError.
 */
export function parseInstanceMap(kvp: Kvp): InstanceMapRequest {
  const ground = groundOf(kvp);
  const { order, maxCloudCover } = parseMapVendor(vendorOf(kvp));
  return {
    layers: layersOf(kvp),
    ...ground,
    ...parseImageSize(kvp, { ...ground, limits: MAP_LIMITS }),
    format: parseInstanceFormat(kvp.get('FORMAT')),
    time: parseTime(kvp.get('TIME')),
    order,
    maxCloudCover,
    transparent: isTrue(kvp.get('TRANSPARENT')),
    background: backgroundOf(kvp.get('BGCOLOR')),
    quality: qualityOf(kvp.get('QUALITY')),
    resampling: resamplingOf(kvp),
    evalscript: scriptOf(kvp),
  };
}

function groundOf(kvp: Kvp): Pick<InstanceMapRequest, 'crs' | 'bbox' | 'clip'> {
  const name = kvp.get('CRS') ?? kvp.get('SRS') ?? 'EPSG:3857';
  const crs = findMapCrs(name);
  if (crs === undefined) throw new WmsError(`CRS ${name.slice(0, 60)} is not served.`, 'InvalidCRS', 'CRS');
  const northFirst = crs.northFirst && !X_FIRST.has(kvp.get('VERSION') ?? '1.3.0');
  const clip = parseClip(kvp.get('GEOMETRY'), northFirst);
  const bbox = boxOf(kvp.get('BBOX'), northFirst) ?? clip?.bbox;
  if (bbox === undefined) throw new WmsError('BBOX is missing.', undefined, 'BBOX');
  return { crs: crs.code, bbox, clip: clip?.geometry };
}

/** Percentages come as computed: 30.000000000000004. */
function vendorOf(kvp: Kvp): Kvp {
  const given = new Map(['PRIORITY', 'MAXCC'].flatMap((name) => (kvp.has(name) ? [[name, kvp.get(name)!]] : [])));
  const percent = given.get('MAXCC') ?? '';
  if (NUMBER.test(percent)) given.set('MAXCC', String(Math.round(Number(percent) * 1e4) / 1e4));
  return given;
}

function layersOf(kvp: Kvp): readonly string[] {
  const text = kvp.get('LAYERS') ?? kvp.get('COVERAGE') ?? kvp.get('COVERAGES') ?? kvp.get('LAYER') ?? '';
  const names = text.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  if (names.length > 0 && names.length <= MAP_LIMITS.layers) return names;
  throw new WmsError(`LAYERS (or COVERAGE) names 1 to ${MAP_LIMITS.layers} layers.`, 'LayerNotDefined', 'LAYERS');
}

function boxOf(text: string | undefined, northFirst: boolean): InstanceMapRequest['bbox'] | undefined {
  if (text === undefined) return undefined;
  const edges = text.split(',').map((field) => (NUMBER.test(field.trim()) ? Number(field) : Number.NaN));
  const [a, b, c, d] = edges as [number, number, number, number];
  if (edges.length !== 4 || !edges.every(Number.isFinite) || a >= c || b >= d) {
    throw new WmsError('BBOX must be minx,miny,maxx,maxy with minima below maxima.', undefined, 'BBOX');
  }
  return northFirst ? [b, a, d, c] : [a, b, c, d];
}

function isTrue(text: string | undefined): boolean {
  return text?.toUpperCase() === 'TRUE' || text === '1';
}

function backgroundOf(text: string | undefined): number {
  const hex = /^(?:0x|#)?([0-9a-f]{6})$/i.exec(text ?? 'ffffff')?.[1];
  if (hex === undefined) throw new WmsError('BGCOLOR must look like 0xRRGGBB.', undefined, 'BGCOLOR');
  return Number.parseInt(hex, 16);
}

function qualityOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const quality = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (quality <= 100) return Math.max(1, quality);
  throw new WmsError('QUALITY must be 0 to 100.', undefined, 'QUALITY');
}

const RESAMPLINGS: ReadonlyMap<string, InstanceMapRequest['resampling']> = new Map([
  ['NEAREST', 'nearest'],
  ['BILINEAR', 'bilinear'],
  ['BICUBIC', 'bilinear'],
]);

/** Sentinel Hub's default is the nearest sample; cubic is drawn bilinear. */
function resamplingOf(kvp: Kvp): InstanceMapRequest['resampling'] {
  const asked = [kvp.get('UPSAMPLING'), kvp.get('DOWNSAMPLING')].flatMap((text) => (text === undefined ? [] : [text]));
  const found = asked.map((text) => RESAMPLINGS.get(text.toUpperCase()));
  if (found.includes(undefined)) {
    throw new WmsError('UPSAMPLING and DOWNSAMPLING are NEAREST, BILINEAR or BICUBIC.', undefined, 'UPSAMPLING');
  }
  return found.includes('bilinear') ? 'bilinear' : 'nearest';
}

function scriptOf(kvp: Kvp): InstanceMapRequest['evalscript'] {
  if (kvp.has('EVALSCRIPTURL')) {
    throw new WmsError('No address of a script is asked: send it as EVALSCRIPT.', undefined, 'EVALSCRIPTURL');
  }
  const script = kvp.get('EVALSCRIPT');
  return script === undefined ? undefined : decodeEvalscript(script);
}
