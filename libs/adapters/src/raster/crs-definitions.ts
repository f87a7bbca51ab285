import { geostationaryProj } from './geostationary.js';

/** One coordinate reference system as a PROJ string; axis order is always easting/longitude first. */
export interface CrsDefinition {
  readonly proj: string;
  /** Width of the world in units of the first axis, where it wraps at the antimeridian. */
  readonly period?: number;
}

const GEOGRAPHIC_PERIOD = 360;
const MERCATOR_PERIOD = 2 * Math.PI * 6378137;

const geographic = (datum: string): CrsDefinition => ({
  proj: `+proj=longlat ${datum} +no_defs`,
  period: GEOGRAPHIC_PERIOD,
});
const metres = (proj: string): CrsDefinition => ({ proj: `${proj} +units=m +no_defs` });

const WGS84 = '+datum=WGS84';
// Within a metre of WGS 84 (the plate moves it 2.5 cm a year, which no raster here resolves): no datum, no shift.
const ETRS89 = '+ellps=GRS80';
const CH1903 = '+ellps=bessel +towgs84=674.374,15.056,405.346,0,0,0,0';
const DHDN = '+ellps=bessel +towgs84=598.1,73.7,418.2,0.202,0.045,-2.455,6.7';
const MGI = '+ellps=bessel +towgs84=577.326,90.129,463.919,5.137,1.474,5.297,2.4232';

/** Coordinate reference systems by EPSG code, besides the UTM zones; datum shifts are the Helmert ones of the EPSG dataset. */
const EPSG: Readonly<Record<number, CrsDefinition>> = {
  4326: geographic(WGS84),
  4258: geographic(ETRS89),
  4269: geographic(ETRS89),
  3857: {
    ...metres('+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +nadgrids=@null'),
    period: MERCATOR_PERIOD,
  },
  3395: { ...metres(`+proj=merc +lon_0=0 +k=1 +x_0=0 +y_0=0 ${WGS84}`), period: MERCATOR_PERIOD },
  // Europe
  3034: metres(`+proj=lcc +lat_0=52 +lon_0=10 +lat_1=35 +lat_2=65 +x_0=4000000 +y_0=2800000 ${ETRS89}`),
  3035: metres(`+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 ${ETRS89}`),
  // Polar
  3031: metres(`+proj=stere +lat_0=-90 +lat_ts=-71 +lon_0=0 +x_0=0 +y_0=0 ${WGS84}`),
  3413: metres(`+proj=stere +lat_0=90 +lat_ts=70 +lon_0=-45 +x_0=0 +y_0=0 ${WGS84}`),
  3995: metres(`+proj=stere +lat_0=90 +lat_ts=71 +lon_0=0 +x_0=0 +y_0=0 ${WGS84}`),
  3996: metres(`+proj=stere +lat_0=90 +lat_ts=75 +lon_0=0 +x_0=0 +y_0=0 ${WGS84}`),
  3575: metres(`+proj=laea +lat_0=90 +lon_0=10 +x_0=0 +y_0=0 ${WGS84}`),
  3976: metres(`+proj=stere +lat_0=-90 +lat_ts=-70 +lon_0=0 +x_0=0 +y_0=0 ${WGS84}`),
  5041: metres(`+proj=stere +lat_0=90 +k=0.994 +lon_0=0 +x_0=2000000 +y_0=2000000 ${WGS84}`),
  5042: metres(`+proj=stere +lat_0=-90 +k=0.994 +lon_0=0 +x_0=2000000 +y_0=2000000 ${WGS84}`),
  32661: metres(`+proj=stere +lat_0=90 +k=0.994 +lon_0=0 +x_0=2000000 +y_0=2000000 ${WGS84}`),
  32761: metres(`+proj=stere +lat_0=-90 +k=0.994 +lon_0=0 +x_0=2000000 +y_0=2000000 ${WGS84}`),
  6931: metres(`+proj=laea +lat_0=90 +lon_0=0 +x_0=0 +y_0=0 ${WGS84}`),
  6932: metres(`+proj=laea +lat_0=-90 +lon_0=0 +x_0=0 +y_0=0 ${WGS84}`),
  6933: metres(`+proj=cea +lat_ts=30 +lon_0=0 +x_0=0 +y_0=0 ${WGS84}`),
  // National grids
  2056: metres(
    `+proj=somerc +lat_0=46.9524055555556 +lon_0=7.43958333333333 +k_0=1 +x_0=2600000 +y_0=1200000 ${CH1903}`,
  ),
  21781: metres(
    `+proj=somerc +lat_0=46.9524055555556 +lon_0=7.43958333333333 +k_0=1 +x_0=600000 +y_0=200000 ${CH1903}`,
  ),
  2154: metres(`+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 ${ETRS89}`),
  2157: metres(`+proj=tmerc +lat_0=53.5 +lon_0=-8 +k=0.99982 +x_0=600000 +y_0=750000 ${ETRS89}`),
  2180: metres(`+proj=tmerc +lat_0=0 +lon_0=19 +k=0.9993 +x_0=500000 +y_0=-5300000 ${ETRS89}`),
  27700: metres(
    '+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy +towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489',
  ),
  28992: metres(
    '+proj=sterea +lat_0=52.1561605555556 +lon_0=5.38763888888889 +k=0.9999079 +x_0=155000 +y_0=463000 +ellps=bessel +towgs84=565.4171,50.3319,465.5524,-0.398957,0.343988,-1.8774,4.0725',
  ),
  3006: metres(`+proj=utm +zone=33 ${ETRS89}`),
  3067: metres(`+proj=utm +zone=35 ${ETRS89}`),
  3301: metres(
    `+proj=lcc +lat_0=57.5175539305556 +lon_0=24 +lat_1=59.3333333333333 +lat_2=58 +x_0=500000 +y_0=6375000 ${ETRS89}`,
  ),
  3346: metres(`+proj=tmerc +lat_0=0 +lon_0=24 +k=0.9998 +x_0=500000 +y_0=0 ${ETRS89}`),
  3059: metres(`+proj=tmerc +lat_0=0 +lon_0=24 +k=0.9996 +x_0=500000 +y_0=-6000000 ${ETRS89}`),
  3763: metres(`+proj=tmerc +lat_0=39.6682583333333 +lon_0=-8.13310833333333 +k=1 +x_0=0 +y_0=0 ${ETRS89}`),
  3765: metres(`+proj=tmerc +lat_0=0 +lon_0=16.5 +k=0.9999 +x_0=500000 +y_0=0 ${ETRS89}`),
  3794: metres(`+proj=tmerc +lat_0=0 +lon_0=15 +k=0.9999 +x_0=500000 +y_0=-5000000 ${ETRS89}`),
  3812: metres(
    `+proj=lcc +lat_0=50.797815 +lon_0=4.35921583333333 +lat_1=49.8333333333333 +lat_2=51.1666666666667 +x_0=649328 +y_0=665262 ${ETRS89}`,
  ),
  31466: metres(`+proj=tmerc +lat_0=0 +lon_0=6 +k=1 +x_0=2500000 +y_0=0 ${DHDN}`),
  31467: metres(`+proj=tmerc +lat_0=0 +lon_0=9 +k=1 +x_0=3500000 +y_0=0 ${DHDN}`),
  31468: metres(`+proj=tmerc +lat_0=0 +lon_0=12 +k=1 +x_0=4500000 +y_0=0 ${DHDN}`),
  31287: metres(`+proj=lcc +lat_0=47.5 +lon_0=13.3333333333333 +lat_1=49 +lat_2=46 +x_0=400000 +y_0=400000 ${MGI}`),
};

/** UTM zones: first EPSG code, first and last zone, PROJ parameters (EPSG 326xx, 327xx, 258xx, 269xx). */
const UTM: readonly (readonly [base: number, first: number, last: number, parameters: string])[] = [
  [32600, 1, 60, WGS84],
  [32700, 1, 60, `+south ${WGS84}`],
  [25800, 28, 38, ETRS89],
  [26900, 1, 23, ETRS89],
];

const ALIASES: Readonly<Record<string, string>> = {
  'CRS:84': 'EPSG:4326',
  'OGC:CRS84': 'EPSG:4326',
  'CRS:83': 'EPSG:4269',
  'OGC:CRS83': 'EPSG:4269',
  'EPSG:900913': 'EPSG:3857',
};

/** The definition of `EPSG:<code>`, `CRS:84`, `OGC:CRS84` or what a geostationary satellite sees, or undefined where it is not known here. */
export function crsDefinition(name: string): CrsDefinition | undefined {
  const geostationary = geostationaryProj(name);
  if (geostationary !== undefined) return metres(geostationary);
  const digits = /^EPSG:(\d{4,5})$/.exec(ALIASES[name] ?? name)?.[1];
  if (digits === undefined) return undefined;
  const code = Number(digits);
  return Object.hasOwn(EPSG, code) ? EPSG[code] : utmZone(code);
}

function utmZone(code: number): CrsDefinition | undefined {
  for (const [base, first, last, parameters] of UTM) {
    const zone = code - base;
    if (zone >= first && zone <= last) return metres(`+proj=utm +zone=${zone} ${parameters}`);
  }
  return undefined;
}

/** Every CRS with a definition, as `EPSG:<code>`, and the aliases. */
export function crsNames(): string[] {
  const zones = UTM.flatMap(([base, first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => base + first + index),
  );
  return [...Object.keys(EPSG), ...zones].map((code) => `EPSG:${code}`).concat(Object.keys(ALIASES));
}
