const ELLIPSOID = 'ELLIPSOID["WGS 84",6378137,298.257223563,LENGTHUNIT["metre",1]]';
const DEGREE = 'ANGLEUNIT["degree",0.0174532925199433]';
const PRIME_MERIDIAN = `PRIMEM["Greenwich",0,${DEGREE}]`;
const WGS84 = `DATUM["World Geodetic System 1984",${ELLIPSOID}],${PRIME_MERIDIAN}`;
const METRE = 'LENGTHUNIT["metre",1]';

/**
 * WKT 2 (ISO 19162:2019) of the systems browse images come in, EPSG:4326 and WGS 84 / UTM; undefined for others.
 * Readers of `proj:wkt2` (GDAL before 3.10) do not know `proj:code`.
 */
export function crsWkt2(code: string): string | undefined {
  if (code === 'EPSG:4326') return geographic();
  const [, hemisphere, digits] = /^EPSG:32([67])(\d\d)$/.exec(code) ?? [];
  const zone = Number(digits);
  return hemisphere !== undefined && zone >= 1 && zone <= 60 ? utm(zone, hemisphere === '7') : undefined;
}

function geographic(): string {
  const axes = 'AXIS["geodetic latitude (Lat)",north,ORDER[1]],AXIS["geodetic longitude (Lon)",east,ORDER[2]]';
  return `GEOGCRS["WGS 84",${WGS84},CS[ellipsoidal,2],${axes},${DEGREE},ID["EPSG",4326]]`;
}

function utm(zone: number, south: boolean): string {
  const name = `${zone}${south ? 'S' : 'N'}`;
  const parameters = [
    `PARAMETER["Latitude of natural origin",0,${DEGREE},ID["EPSG",8801]]`,
    `PARAMETER["Longitude of natural origin",${zone * 6 - 183},${DEGREE},ID["EPSG",8802]]`,
    'PARAMETER["Scale factor at natural origin",0.9996,SCALEUNIT["unity",1],ID["EPSG",8805]]',
    `PARAMETER["False easting",500000,${METRE},ID["EPSG",8806]]`,
    `PARAMETER["False northing",${south ? 10_000_000 : 0},${METRE},ID["EPSG",8807]]`,
  ].join(',');
  const conversion = `CONVERSION["UTM zone ${name}",METHOD["Transverse Mercator",ID["EPSG",9807]],${parameters}]`;
  const axes = `AXIS["(E)",east,ORDER[1]],AXIS["(N)",north,ORDER[2]],${METRE}`;
  const code = (south ? 32_700 : 32_600) + zone;
  return `PROJCRS["WGS 84 / UTM zone ${name}",BASEGEOGCRS["WGS 84",${WGS84}],${conversion},CS[Cartesian,2],${axes},ID["EPSG",${code}]]`;
}
