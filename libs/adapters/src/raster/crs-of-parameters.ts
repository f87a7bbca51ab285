import { crsDefinition, crsNames } from './crs-definitions.js';

/** GeoKeys (OGC GeoTIFF 1.1 §7.4 and annex B) by number. */
const KEY = {
  geographic: 2048,
  primeMeridian: 2051,
  angularUnits: 2054,
  ellipsoid: 2056,
  primeMeridianLongitude: 2061,
  projection: 3074,
  method: 3075,
  linearUnits: 3076,
  originLongitude: 3080,
  originLatitude: 3081,
  falseEasting: 3082,
  falseNorthing: 3083,
  centreLongitude: 3088,
  centreLatitude: 3089,
  scale: 3092,
} as const;

/** Metres, degrees, from Greenwich. */
const USUAL = {
  [KEY.linearUnits]: 9001,
  [KEY.angularUnits]: 9102,
  [KEY.primeMeridian]: 8901,
  [KEY.primeMeridianLongitude]: 0,
};
const [WGS84, GRS80] = [7030, 7019];
/** The ellipsoids of EPSG codes of geographic systems. */
const ELLIPSOIDS: Readonly<Record<number, number>> = { 4326: WGS84, 4258: GRS80, 4269: GRS80 };
const [TRANSVERSE_MERCATOR, LAMBERT_AZIMUTHAL] = [1, 10];
/** Codes of the projections of UTM zones: 160zz north, 161zz south. */
const UTM_PROJECTION = 16_000;

/** A projection told by its parameters: degrees, metres. */
interface Projection {
  readonly method: 'tmerc' | 'laea';
  readonly latitude: number;
  readonly longitude: number;
  readonly scale: number;
  readonly easting: number;
  readonly northing: number;
}

/**
 * The CRS known here whose projection the GeoKeys spell out without naming it: transverse Mercator (UTM, too) or Lambert's azimuthal one, in metres
 * and degrees from Greenwich. They tell no datum but its ellipsoid, which here means WGS 84 or ETRS89. Undefined where there is none.
 */
export function crsOfParameters(keys: ReadonlyMap<number, number>): string | undefined {
  const ellipsoid = keys.get(KEY.ellipsoid) ?? ELLIPSOIDS[keys.get(KEY.geographic) ?? 0];
  const projection = projectionOf(keys);
  const isUsual = Object.entries(USUAL).every(([key, value]) => (keys.get(Number(key)) ?? value) === value);
  if (!isUsual || projection === undefined || ellipsoid === undefined) return undefined;
  return knownSystems().get(signature(ellipsoid, projection));
}

function projectionOf(keys: ReadonlyMap<number, number>): Projection | undefined {
  const zone = (keys.get(KEY.projection) ?? 0) - UTM_PROJECTION;
  if (zone >= 1 && zone <= 60) return utm(zone, false);
  if (zone >= 101 && zone <= 160) return utm(zone - 100, true);
  const value = (key: number, absent: number): number => keys.get(key) ?? absent;
  const origin = {
    latitude: value(KEY.originLatitude, 0),
    longitude: value(KEY.originLongitude, 0),
    easting: value(KEY.falseEasting, 0),
    northing: value(KEY.falseNorthing, 0),
  };
  const method = keys.get(KEY.method);
  if (method === TRANSVERSE_MERCATOR) return { ...origin, method: 'tmerc', scale: value(KEY.scale, 1) };
  if (method !== LAMBERT_AZIMUTHAL) return undefined;
  const latitude = value(KEY.centreLatitude, origin.latitude);
  const longitude = value(KEY.centreLongitude, origin.longitude);
  return { ...origin, method: 'laea', scale: 1, latitude, longitude };
}

function utm(zone: number, isSouth: boolean): Projection {
  const [longitude, northing] = [zone * 6 - 183, isSouth ? 10_000_000 : 0];
  return { method: 'tmerc', latitude: 0, longitude, scale: 0.9996, easting: 500_000, northing };
}

let systems: ReadonlyMap<string, string> | undefined;

function knownSystems(): ReadonlyMap<string, string> {
  systems ??= new Map(
    crsNames().flatMap((name) => {
      const { proj } = crsDefinition(name)!;
      const ellipsoid = proj.includes('+datum=WGS84') ? WGS84 : proj.includes('+ellps=GRS80') ? GRS80 : undefined;
      const projection = parseProj(proj);
      return ellipsoid !== undefined && projection ? [[signature(ellipsoid, projection), name]] : [];
    }),
  );
  return systems;
}

function parseProj(proj: string): Projection | undefined {
  const value = (name: string, absent: number): number =>
    Number(new RegExp(`\\+${name}=(-?[\\d.]+)`).exec(proj)?.[1] ?? absent);
  if (proj.includes('+proj=utm')) return utm(value('zone', 0), proj.includes('+south'));
  const method = (['tmerc', 'laea'] as const).find((one) => proj.includes(`+proj=${one} `));
  if (method === undefined) return undefined;
  const [latitude, longitude, scale] = [value('lat_0', 0), value('lon_0', 0), value('k', 1)];
  return { method, latitude, longitude, scale, easting: value('x_0', 0), northing: value('y_0', 0) };
}

function signature(ellipsoid: number, projection: Projection): string {
  const { method, latitude, longitude, scale, easting, northing } = projection;
  const numbers = [latitude, longitude, scale, easting, northing].map((value) => value.toFixed(7));
  return [method, ellipsoid, ...numbers].join(' ');
}
