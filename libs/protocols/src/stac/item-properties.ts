import { QUERYABLES } from '#domain/catalog/queryables.js';
import type { OnlineState } from '#domain/product/online-state.js';
import type { Product, PropertyValue } from '#domain/product/product.js';

/** How each state is said with the Order extension 1.1.0; metadata alone cannot be ordered. */
const ORDER_STATUS: Readonly<Record<OnlineState, string | undefined>> = {
  online: 'succeeded',
  staging: 'pending',
  offline: 'orderable',
  'metadata-only': undefined,
};

/** ISO 8601 duration of each timeliness category: what the Product extension demands beside the category. */
const TIMELINESS: Readonly<Record<string, string>> = {
  'NRT-10m': 'PT10M',
  'NRT-1h': 'PT1H',
  'NRT-3h': 'PT3H',
  'Fast-24h': 'PT24H',
  NR: 'PT3H',
  NRT: 'PT3H',
  NRTI: 'PT3H',
  ST: 'PT36H',
  STC: 'PT36H',
  NT: 'P30D',
  NTC: 'P30D',
  OFFL: 'P5D',
  'Off-line': 'P7D',
};

/** Queryables that STAC spells in lower case, however the source did. */
const LOWER_CASE = new Set(['orbitDirection', 'lookDirection']);

/** Where the mode of an instrument that is no radar belongs (EOPF extension 1.2.0); `sar:` is for radars. */
const OPTICAL_MODE = 'eopf:instrument_mode';

/** The item's `properties`: the vocabulary under its STAC names, everything else as it came, and what the mirror adds. */
export function writeProperties(product: Product): Readonly<Record<string, unknown>> {
  const known: Record<string, unknown> = {};
  for (const { name, names } of QUERYABLES) {
    const value = product.properties[name];
    const key = name === 'instrumentMode' && !isRadar(product) ? OPTICAL_MODE : names.stac;
    if (value !== undefined && key !== undefined) known[key] = writeValue(name, value);
  }
  return {
    ...product.extra,
    ...known,
    ...militaryGrid(known['grid:code']),
    datetime: product.acquiredFrom.toISOString(),
    start_datetime: product.acquiredFrom.toISOString(),
    end_datetime: product.acquiredTo.toISOString(),
    ...timeliness(product.properties['timeliness']),
    ...history(product),
    ...availability(product.online),
  };
}

/** MGRS extension 1.0.0: the parts of a tile of the military grid, e.g. 32UPC. */
function militaryGrid(code: unknown): object {
  const [, zone, band, square] = /^MGRS-(\d{1,2})([C-HJ-NP-X])([A-HJ-NP-Z]{2})$/.exec(String(code)) ?? [];
  if (zone === undefined) return {};
  return { 'mgrs:utm_zone': Number(zone), 'mgrs:latitude_band': band, 'mgrs:grid_square': square };
}

function isRadar({ properties }: Product): boolean {
  return properties['sensorType'] === 'RADAR' || properties['polarisations'] !== undefined;
}

function writeValue(name: string, value: PropertyValue): unknown {
  if (value instanceof Date) return value.toISOString();
  if (name === 'instrument') return [value];
  return LOWER_CASE.has(name) && typeof value === 'string' ? value.toLowerCase() : value;
}

function timeliness(category: PropertyValue | undefined): object {
  const duration = TIMELINESS[String(category)];
  return duration === undefined ? {} : { 'product:timeliness': duration };
}

function history({ published, updated, scene, successor }: Product): object {
  return {
    ...(published === undefined ? {} : { published: published.toISOString() }),
    ...(updated === undefined ? {} : { updated: updated.toISOString() }),
    ...(scene === undefined ? {} : { version: scene.version, deprecated: successor !== undefined }),
  };
}

function availability(online: OnlineState): object {
  const status = ORDER_STATUS[online];
  return status === undefined ? {} : { 'order:status': status };
}
