import type { TimeInterval } from '#domain/geometry/time-interval.js';
import type { Kvp } from '../ows/kvp.js';
import { parseSrsName, type FeatureCrs } from '../wfs/feature-crs.js';
import { localName } from '../wfs/feature-type.js';
import type { FeatureBox } from '../wfs/wfs-request.js';
import { parseTime } from '../wms/time-dimension.js';
import { WmsError } from '../wms/wms-error.js';

/** GetFeature of an instance: which acquisitions there are of a place and a time. */
export interface InstanceFeaturesRequest {
  readonly typeName: string;
  readonly box?: FeatureBox | undefined;
  readonly intervals: readonly TimeInterval[] | 'all' | 'newest';
  /** Percent. */
  readonly maxCloudCover?: number | undefined;
  readonly limit: number;
  readonly offset: number;
  /** System of the geometries, x/y. */
  readonly crs: FeatureCrs;
}

/** Most acquisitions of one answer, as Sentinel Hub has it. */
const MAX_FEATURES = 100;
const X_FIRST = new Set(['1.0.0']);
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Reads TYPENAMES, BBOX, SRSNAME, TIME, MAXCC, MAXFEATURES (at most 100) and FEATURE_OFFSET, as sentinelhub-py sends them. Throws WmsError. */
export function parseInstanceFeatures(kvp: Kvp): InstanceFeaturesRequest {
  const typeName = kvp.get('TYPENAMES') ?? kvp.get('TYPENAME');
  if (typeName === undefined) throw new WmsError('TYPENAMES is missing.', undefined, 'TYPENAMES');
  const format = kvp.get('OUTPUTFORMAT')?.toLowerCase() ?? 'application/json';
  if (!/json/.test(format)) {
    throw new WmsError('OUTPUTFORMAT is application/json.', 'InvalidFormat', 'OUTPUTFORMAT');
  }
  const crs = parseSrsName(kvp.get('SRSNAME') ?? 'EPSG:4326', 'SRSNAME');
  const time = parseTime(kvp.get('TIME'));
  return {
    typeName: localName(typeName),
    box: boxOf(kvp, crs),
    intervals: time.kind === 'values' ? time.values.map(({ interval }) => interval) : NAMED_TIMES[time.kind],
    maxCloudCover: percentOf(kvp.get('MAXCC')),
    limit: Math.min(wholeOf(kvp, 'MAXFEATURES', 'COUNT') ?? MAX_FEATURES, MAX_FEATURES),
    offset: wholeOf(kvp, 'FEATURE_OFFSET', 'STARTINDEX') ?? 0,
    crs: { ...crs, northFirst: false },
  };
}

const NAMED_TIMES = { default: 'all', current: 'newest' } as const;

/** A box of EPSG:4326 comes latitude first, however the system is spelled. */
function boxOf(kvp: Kvp, crs: FeatureCrs): FeatureBox | undefined {
  const text = kvp.get('BBOX');
  if (text === undefined) return undefined;
  const parts = text.split(',').map((part) => part.trim());
  const edges = parts.slice(0, 4).map((part) => (NUMBER.test(part) ? Number(part) : Number.NaN));
  const [a, b, c, d] = edges as [number, number, number, number];
  if (parts.length < 4 || !edges.every(Number.isFinite) || a > c || b > d) {
    throw new WmsError('BBOX must be four numbers, minima below maxima.', undefined, 'BBOX');
  }
  const northFirst = crs.code === 'EPSG:4326' && !X_FIRST.has(kvp.get('VERSION') ?? '2.0.0');
  return { crs, bbox: northFirst ? [b, a, d, c] : [a, b, c, d] };
}

/** What is above a hundred is no limit. */
function percentOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const percent = NUMBER.test(text) ? Number(text) : Number.NaN;
  if (percent >= 0) return percent >= 100 ? undefined : percent;
  throw new WmsError('MAXCC must be a percentage from 0 to 100.', 'InvalidDimensionValue', 'MAXCC');
}

function wholeOf(kvp: Kvp, ...names: readonly string[]): number | undefined {
  const name = names.find((one) => kvp.has(one));
  const text = name === undefined ? undefined : kvp.get(name);
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new WmsError(`${name} must be a whole number.`, undefined, name);
}
