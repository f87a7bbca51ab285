/** A coordinate reference system maps can be asked in; `northFirst` where its authority's first axis points north (WMS 1.3.0 §6.7.2). */
export interface MapCrs {
  readonly code: string;
  readonly northFirst: boolean;
}

const EAST_FIRST = ['CRS:84', 'EPSG:3857', 'EPSG:25831', 'EPSG:25832', 'EPSG:25833', 'EPSG:3413', 'EPSG:3031'];
const NORTH_FIRST = ['EPSG:4326', 'EPSG:4258', 'EPSG:3035', 'EPSG:3034', 'EPSG:31467', 'EPSG:31468'];
const UTM = /^EPSG:32[67](0[1-9]|[1-5]\d|60)$/;
const ALIASES = new Map([
  ['EPSG:900913', 'EPSG:3857'],
  ['EPSG:102100', 'EPSG:3857'],
  ['OGC:CRS84', 'CRS:84'],
]);

/** What capabilities list; every UTM zone (EPSG:326xx, 327xx) is taken besides. */
export const LISTED_CRS: readonly string[] = [
  'CRS:84',
  'EPSG:4326',
  'EPSG:3857',
  ...EAST_FIRST.slice(2),
  ...NORTH_FIRST.slice(1),
  ...['31', '32', '33'].map((zone) => `EPSG:326${zone}`),
];

/** The system of that code (any case; also as an OGC URN or URL), or undefined where maps are not drawn in it. */
export function findMapCrs(text: string): MapCrs | undefined {
  const given = shortCode(text.trim().toUpperCase());
  const code = ALIASES.get(given) ?? given;
  if (NORTH_FIRST.includes(code)) return { code, northFirst: true };
  return EAST_FIRST.includes(code) || UTM.test(code) ? { code, northFirst: false } : undefined;
}

/** `urn:ogc:def:crs:EPSG::4326` and `http://www.opengis.net/def/crs/EPSG/0/4326` (OGC 07-092r3) as `EPSG:4326`. */
function shortCode(text: string): string {
  const long = /^(?:URN:OGC:DEF:CRS:|HTTPS?:\/\/WWW\.OPENGIS\.NET\/DEF\/CRS\/)(EPSG|OGC)[:/][^:/]*[:/](\w+)$/.exec(
    text,
  );
  return long ? `${long[1]}:${long[2]}` : text;
}
