import { describe, expect, it } from '@jest/globals';
import { coordinateTransform } from './coordinate-transform.js';
import { crsDefinition } from './crs-definitions.js';
import { geostationaryOf } from './geostationary.js';

const TEXT =
  'unnamed|ESRI PE String = PROJCS["unnamed",GEOGCS["unknown",DATUM["unnamed",SPHEROID["Spheroid",6378137,298.2572221]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],' +
  'PROJECTION["Geostationary_Satellite"],PARAMETER["central_meridian",-75],PARAMETER["satellite_height",35786023],PARAMETER["false_easting",0],PARAMETER["false_northing",0],' +
  'UNIT["metre",1],EXTENSION["PROJ4","+proj=geos +lon_0=-75 +h=35786023 +ellps=GRS80 +units=m +no_defs +sweep=x"]]|';
const NAME = 'GEOS:-75,35786023,x,6378137,298.2572221';

describe('geostationaryOf', () => {
  it.each([
    ['as GDAL writes it', TEXT, NAME],
    ['swept the other way', TEXT.replace(' +sweep=x', ''), 'GEOS:-75,35786023,y,6378137,298.2572221'],
    ['in feet', TEXT.replace('UNIT["metre",1]', 'UNIT["foot",0.3048]'), undefined],
    ['from Paris', TEXT.replace('"Greenwich",0', '"Paris",2.33'), undefined],
    ['moved', TEXT.replace('"false_easting",0', '"false_easting",1'), undefined],
    ['with words for numbers', TEXT.replace('35786023', 'high +nadgrids=/etc/passwd'), undefined],
    ['without a height', TEXT.replace('PARAMETER["satellite_height",35786023],', ''), undefined],
    ['another projection', TEXT.replace('Geostationary_Satellite', 'Orthographic'), undefined],
    ['nothing', undefined, undefined],
  ])('%s', (_name, text, name) => {
    expect(geostationaryOf(text)).toBe(name);
  });

  it('names a system whose middle lies below the satellite, and whose edge is where it sees no further', () => {
    const { forward, inverse } = coordinateTransform(NAME, 'EPSG:4326');
    const [longitude, latitude] = forward(0, 0)!;
    expect(longitude).toBeCloseTo(-75, 9);
    expect(latitude).toBeCloseTo(0, 9);
    expect(forward(5_500_000, 0)).toBeUndefined();
    expect(inverse(100, 0)).toBeUndefined();
  });

  it('is no name without its numbers', () => {
    expect(crsDefinition('GEOS:-75,35786023,x +nadgrids=a,6378137,298')).toBeUndefined();
    expect(crsDefinition('GEOS:')).toBeUndefined();
  });
});
