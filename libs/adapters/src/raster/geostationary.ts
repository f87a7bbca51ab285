/** How a geostationary satellite sees the Earth: `GEOS:<longitude>,<height>,<sweep axis>,<semi-major axis>,<inverse flattening>` in degrees and metres. No EPSG code says it. */
const NAME =
  /^GEOS:(-?\d{1,3}(?:\.\d{1,9})?),(\d{7,9}(?:\.\d{1,6})?),([xy]),(\d{7}(?:\.\d{1,6})?),(\d{3}(?:\.\d{1,12})?)$/;

/** The PROJ string of such a name; undefined for any other. */
export function geostationaryProj(name: string): string | undefined {
  const found = NAME.exec(name);
  if (found === null) return undefined;
  const [, longitude, height, sweep, semiMajor, flattening] = found;
  return `+proj=geos +lon_0=${longitude} +h=${height} +sweep=${sweep} +x_0=0 +y_0=0 +a=${semiMajor} +rf=${flattening}`;
}

/** The name of the system a citation spells out in the well-known text of ESRI, as GDAL writes it (GeoTIFF has no keys for it); undefined where that is another or not in metres and degrees from Greenwich. */
export function geostationaryOf(citation: string | undefined): string | undefined {
  if (citation === undefined || !citation.includes('PROJECTION["Geostationary_Satellite"]')) return undefined;
  const parameter = (name: string): string | undefined =>
    new RegExp(`PARAMETER\\["${name}",(-?[\\d.]{1,20})\\]`).exec(citation)?.[1];
  const spheroid = /SPHEROID\["[^"]{0,100}",([\d.]{1,20}),([\d.]{1,20})[\],]/.exec(citation);
  const isUsual =
    citation.includes('UNIT["metre",1') &&
    citation.includes('PRIMEM["Greenwich",0') &&
    ['false_easting', 'false_northing'].every((name) => Number(parameter(name) ?? 0) === 0);
  // Well-known text has no place for the axis that is swept first; without a word it is y, as of Meteosat.
  const sweep = /\+sweep=x\b/.test(citation) ? 'x' : 'y';
  const of = [parameter('central_meridian'), parameter('satellite_height'), sweep, spheroid?.[1], spheroid?.[2]];
  const name = `GEOS:${of.join()}`;
  return isUsual && NAME.test(name) ? name : undefined;
}
