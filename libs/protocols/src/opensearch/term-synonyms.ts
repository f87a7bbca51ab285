import type { Filter } from '#domain/catalog/catalog-query.js';
import type { OnlineState } from '#domain/product/online-state.js';

/**
 * The condition that a queryable equals what a client of the field writes for it: satellites, levels and product types have several spellings
 * (`S2A`, `LEVEL1C`, `GRD`), states come in the words of four systems. Undefined where the text is the value itself.
 */
export function synonymFilter(property: string, text: string): Filter | undefined {
  return WRITERS[property]?.(text.trim());
}

const WRITERS: Readonly<Record<string, (text: string) => Filter | undefined>> = {
  platform: platformFilter,
  constellation: constellationFilter,
  processingLevel: levelFilter,
  productType: productTypeFilter,
  processingBaseline: baselineFilter,
  polarisationMode: polarisationFilter,
  online: onlineFilter,
};

/** Satellites are asked for as `A`, `2A`, `S2A` or `Sentinel-2A`; a mission (`Sentinel-2`) stands for all of its own. */
function platformFilter(text: string): Filter | undefined {
  const [, number = '', letter] = /^(?:S|SENTINEL-?)?(\d?P?)([A-D])?$/i.exec(text) ?? [];
  if (letter === undefined) return number === '' ? undefined : constellationFilter(text);
  if (number === '') return { op: 'like', property: 'platform', pattern: `%${letter}`, caseInsensitive: true };
  return { op: 'eq', property: 'platform', value: `sentinel-${number}${letter}`.toLowerCase() };
}

/** `Sentinel-2`, `SENTINEL2`, `S2`. */
function constellationFilter(text: string): Filter | undefined {
  const number = /^s(?:entinel)?-?(\dp?)$/i.exec(text)?.[1]?.toLowerCase();
  return number === undefined ? undefined : { op: 'eq', property: 'constellation', value: `sentinel-${number}` };
}

/** `L1C`, `1C`, `LEVEL1C`, `Level-1C`, `S2MSI1C` (as CDSE's resto has it). */
function levelFilter(text: string): Filter | undefined {
  const level = /^(?:level[-_ ]?|s2msi|l)?(\d[a-z]?)p?$/i.exec(text)?.[1];
  return level === undefined
    ? undefined
    : { op: 'eq', property: 'processingLevel', value: `L${level}`, caseInsensitive: true };
}

/** `GRD` is every beam's; `S2MSIL1C` is an old spelling of `S2MSI1C`. */
function productTypeFilter(text: string): Filter | undefined {
  if (/^(RAW|SLC|GRD|OCN)$/i.test(text)) {
    const beams: Filter = { op: 'like', property: 'productType', pattern: `__\\_${text}%`, caseInsensitive: true };
    return { op: 'or', args: [beams, { op: 'eq', property: 'productType', value: text, caseInsensitive: true }] };
  }
  const level = /^S2MSIL(\d[A-C])$/i.exec(text)?.[1];
  return level === undefined
    ? undefined
    : { op: 'eq', property: 'productType', value: `S2MSI${level}`, caseInsensitive: true };
}

/** `5.1` of a client that takes baselines for numbers is `05.10`. */
function baselineFilter(text: string): Filter | undefined {
  const [, whole, fraction = ''] = /^(\d)(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const padded = `0${whole}.${fraction.padEnd(2, '0')}`;
  return { op: 'in', property: 'processingBaseline', values: [text, padded] };
}

/** `DUAL` is `D` (OGC 10-157r4 §7.4.1). */
function polarisationFilter(text: string): Filter | undefined {
  const letter = /^([sd])(?:ingle|ual)$/i.exec(text)?.[1];
  return letter === undefined ? undefined : { op: 'eq', property: 'polarisationMode', value: letter.toUpperCase() };
}

const NEARLINE: readonly OnlineState[] = ['offline', 'staging'];

/** EO metadata's production statuses (OGC 13-026r9 table 5) and availabilities, CREODIAS' words and old numbers, resto's storage modes. */
const STATES: Readonly<Record<string, readonly OnlineState[] | 'every'>> = {
  archived: 'every',
  acquired: [],
  planned: [],
  potential: [],
  rejected: [],
  cancelled: [],
  failed: [],
  qualitydegraded: [],
  all: 'every',
  online: ['online'],
  disk: ['online'],
  tier2: ['online'],
  tape: NEARLINE,
  tier3: NEARLINE,
  offline: NEARLINE,
  staging: ['staging'],
  metadataonly: ['metadata-only'],
  '0': ['online'],
  '34': ['online'],
  '37': ['online'],
  '31': NEARLINE,
  '32': ['staging'],
};

/** Being on the way back is being offline still. A word nobody knows is found in no product. */
function onlineFilter(text: string): Filter | undefined {
  const key = text.toLowerCase().replaceAll(/[-_ ]/g, '');
  const states = Object.hasOwn(STATES, key) ? STATES[key] : [];
  if (states === 'every') return { op: 'constant', value: true };
  return { op: 'in', property: 'online', values: states ?? [] };
}
