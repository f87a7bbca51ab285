import { InvalidError } from '#domain/errors.js';
import { ramp, type ColourRamp } from '#domain/view/colour-ramp.js';
import { bandsOfFormula, type Formula } from '#domain/view/formula.js';
import type { Kvp } from '../ows/kvp.js';
import { WmsError } from './wms-error.js';

/** Which scene lies on top: the newest, the oldest, the one with the least cloud, or at every pixel one that is clear there. */
export type MosaicOrder = 'newest' | 'oldest' | 'clearest' | 'best';

/** What a map request says beyond the standard. */
export interface MapVendor {
  /** From PRIORITY; default `newest`. */
  readonly order?: MosaicOrder;
  /** Percent, from DIM_CLOUD_COVER or MAXCC; 100 is everything, also what tells none. */
  readonly maxCloudCover?: number;
  /** From EXPRESSION and RAMP: a formula of the client's in the place of the style. */
  readonly formula?: Formula;
}

const ORDERS = new Map<string, MosaicOrder>([
  ['mostrecent', 'newest'],
  ['newest', 'newest'],
  ['leastrecent', 'oldest'],
  ['oldest', 'oldest'],
  ['leastcc', 'clearest'],
  ['clearest', 'clearest'],
  ['best', 'best'],
]);
/** A percentage, or a range from 0 to it with or without a resolution. */
const CLOUD_COVER = /^(?:0(?:\.0*)?\/(\d{1,3}(?:\.\d{1,6})?)(?:\/\d{1,3})?|(\d{1,3}(?:\.\d{1,6})?))$/;
const STOP = /^\s*[+-]?\d{1,15}(?:\.\d{1,15})?(?:e[+-]?\d{1,2})? [0-9a-f]{6}\s*$/i;
const MAX_STOPS = 64;
/** Between expressions that are red, green and blue. */
const CHANNELS = ';';

/** Names of the limit of cloud cover: the dimension as declared, as it was before, and Sentinel Hub's. */
const CLOUD_NAMES = ['DIM_CLOUD_COVER', 'DIM_CLOUDCOVER', 'MAXCC'];

/**
 * Reads PRIORITY (`mostRecent`, `leastRecent`, `leastCC`, as Sentinel Hub names them, or `best`), DIM_CLOUD_COVER or MAXCC (percent; of a range its end), and EXPRESSION:
 * one band expression, or three with `;` between for red, green and blue of 0 to 1; with one RAMP gives `value RRGGBB` stops, with `,` between.
 * Throws WmsError.
 */
export function parseMapVendor(kvp: Kvp): MapVendor {
  const maxCloudCover = parseCloudCover(kvp);
  const formula = parseFormula(kvp);
  const order = parseOrder(kvp.get('PRIORITY'));
  return {
    ...(order && { order }),
    ...(maxCloudCover !== undefined && { maxCloudCover }),
    ...(formula && { formula }),
  };
}

function parseOrder(text: string | undefined): MosaicOrder | undefined {
  if (text === undefined || text === '') return undefined;
  const order = ORDERS.get(text.toLowerCase());
  if (order) return order;
  throw new WmsError('PRIORITY must be mostRecent, leastRecent, leastCC or best.', undefined, 'PRIORITY');
}

function parseCloudCover(kvp: Kvp): number | undefined {
  const name = CLOUD_NAMES.find((one) => kvp.has(one));
  const text = kvp.get(name ?? '');
  if (name === undefined || text === undefined || text.toLowerCase() === 'default') return undefined;
  const match = CLOUD_COVER.exec(text);
  const percent = Number(match?.[1] ?? match?.[2] ?? NaN);
  if (percent <= 100) return percent;
  throw new WmsError(
    `${name} must be a percentage from 0 to 100, or a range that begins with 0.`,
    'InvalidDimensionValue',
    name,
  );
}

function parseFormula(kvp: Kvp): Formula | undefined {
  const text = kvp.get('EXPRESSION');
  if (text === undefined || text === '') return undefined;
  const parts = text.split(CHANNELS, 4);
  const formula: Formula = { colouring: colouringOf(parts, kvp.get('RAMP')) };
  try {
    if (bandsOfFormula(formula).length > 0) return formula;
  } catch (error) {
    if (error instanceof InvalidError) throw new WmsError(error.message, undefined, 'EXPRESSION');
    throw error;
  }
  throw new WmsError('EXPRESSION reads no band.', undefined, 'EXPRESSION');
}

function colouringOf(parts: readonly string[], stops: string | undefined): Formula['colouring'] {
  const [red = '', green, blue] = parts;
  if (parts.length === 3) return { kind: 'rgb', red, green: green!, blue: blue! };
  if (parts.length !== 1) {
    throw new WmsError('EXPRESSION must be one expression, or three with ";" between them.', undefined, 'EXPRESSION');
  }
  return stops === undefined ? { kind: 'grey', value: red } : { kind: 'ramp', value: red, ramp: parseRamp(stops) };
}

function parseRamp(text: string): ColourRamp {
  const parts = text.split(',', MAX_STOPS + 1);
  const stops = parts.every((part) => STOP.test(part)) ? ramp(text) : [];
  const isAscending = stops.every(({ value }, index) => index === 0 || value > stops[index - 1]!.value);
  if (stops.length >= 2 && stops.length <= MAX_STOPS && isAscending) return stops;
  throw new WmsError(
    `RAMP must be 2 to ${MAX_STOPS} stops in ascending order, like "0 000000,1 ffffff".`,
    undefined,
    'RAMP',
  );
}
