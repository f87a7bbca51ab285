const GRS80 = '+ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs';
const DHDN = '+ellps=bessel +towgs84=598.1,73.7,418.2,0.202,0.045,-2.455,6.7 +units=m +no_defs';

/** Definitions as in the EPSG register, in PROJ's words; x is always easting or longitude. */
const DEFINITIONS: Readonly<Record<string, string>> = {
  'CRS:84': '+proj=longlat +datum=WGS84 +no_defs',
  'EPSG:4326': '+proj=longlat +datum=WGS84 +no_defs',
  'EPSG:4258': '+proj=longlat +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +no_defs',
  'EPSG:3857':
    '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs',
  'EPSG:3035': `+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 ${GRS80}`,
  'EPSG:3034': `+proj=lcc +lat_0=52 +lon_0=10 +lat_1=35 +lat_2=65 +x_0=4000000 +y_0=2800000 ${GRS80}`,
  'EPSG:3413': '+proj=stere +lat_0=90 +lat_ts=70 +lon_0=-45 +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs',
  'EPSG:3031': '+proj=stere +lat_0=-90 +lat_ts=-71 +lon_0=0 +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs',
  'EPSG:31467': `+proj=tmerc +lat_0=0 +lon_0=9 +k=1 +x_0=3500000 +y_0=0 ${DHDN}`,
  'EPSG:31468': `+proj=tmerc +lat_0=0 +lon_0=12 +k=1 +x_0=4500000 +y_0=0 ${DHDN}`,
};

const UTM = /^EPSG:32([67])(0[1-9]|[1-5]\d|60)$/;
const ETRS89_UTM = /^EPSG:258(2[89]|3[0-8])$/;

/** PROJ definition of a coordinate system, every UTM zone on WGS 84 (EPSG:326xx, 327xx) and ETRS89 (EPSG:25828-25838) included; undefined where it is not known. */
export function projectionOf(code: string): string | undefined {
  const utm = UTM.exec(code);
  if (utm) return `+proj=utm +zone=${Number(utm[2])}${utm[1] === '7' ? ' +south' : ''} +datum=WGS84 +units=m +no_defs`;
  const etrs89 = ETRS89_UTM.exec(code);
  if (etrs89) return `+proj=utm +zone=${etrs89[1]} ${GRS80}`;
  return Object.hasOwn(DEFINITIONS, code) ? DEFINITIONS[code] : undefined;
}
