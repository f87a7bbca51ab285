/** A coordinate reference system maps can be asked in; `northFirst` where its authority's first axis points north (WMS 1.3.0 §6.7.2). */
export interface MapCrs {
  readonly code: string;
  readonly northFirst: boolean;
}

const codes = (base: number, first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, zone) => `EPSG:${base + first + zone}`);

const NORTH_FIRST = ['EPSG:4326', 'EPSG:4258', 'EPSG:3034', 'EPSG:3035', 'EPSG:31467', 'EPSG:31468'];
/** With the UTM zones of ETRS89 (25828 to 25838), and of WGS 84 north and south. */
const EAST_FIRST = [
  'CRS:84',
  'EPSG:3857',
  'EPSG:3413',
  'EPSG:3031',
  ...codes(25_800, 28, 38),
  ...codes(32_600, 1, 60),
  ...codes(32_700, 1, 60),
];
const ALIASES = new Map([
  ['EPSG:900913', 'EPSG:3857'],
  ['EPSG:102100', 'EPSG:3857'],
  ['OGC:CRS84', 'CRS:84'],
]);

const COMMON = ['CRS:84', 'EPSG:4326', 'EPSG:3857'];
const SERVED = new Map<string, MapCrs>([
  ...NORTH_FIRST.map((code) => [code, { code, northFirst: true }] as const),
  ...EAST_FIRST.map((code) => [code, { code, northFirst: false }] as const),
]);

/** Every system maps are drawn in, those asked for most first; what capabilities list. */
export const LISTED_CRS: readonly string[] = [...new Set([...COMMON, ...SERVED.keys()])];

/** The system of that code (any case; also as an OGC URN or URL), or undefined where maps are not drawn in it. */
export function findMapCrs(text: string): MapCrs | undefined {
  const given = shortCode(text.trim().toUpperCase());
  return SERVED.get(ALIASES.get(given) ?? given);
}

/** `urn:ogc:def:crs:EPSG::4326` and `http://www.opengis.net/def/crs/EPSG/0/4326` (OGC 07-092r3) as `EPSG:4326`. */
function shortCode(text: string): string {
  const long = /^(?:URN:OGC:DEF:CRS:|HTTPS?:\/\/WWW\.OPENGIS\.NET\/DEF\/CRS\/)(EPSG|OGC)[:/][^:/]*[:/](\w+)$/.exec(
    text,
  );
  return long ? `${long[1]}:${long[2]}` : text;
}
