import { beforeAll, describe, expect, it } from '@jest/globals';
import { hasGdal, runGdal } from '#test/support/gdal-program.js';
import { coordinateTransform } from './coordinate-transform.js';
import { crsDefinition, crsNames } from './crs-definitions.js';

/** Where PROJ has a place of each, as doubles. */
const PROGRAM = `
for place in asked:
    transform = osr.CoordinateTransformation(srs('OGC:CRS84'), srs(place['crs']))
    np.array(transform.TransformPoint(place['longitude'], place['latitude'])[:2]).astype('<f8').tofile(out)
`;

/** A place inside each definition's area. */
function placeIn(crs: string): [number, number] {
  const { proj } = crsDefinition(crs)!;
  const parameter = (name: string, absent: number): number =>
    Number(new RegExp(`${name}=(-?[\\d.]+)`).exec(proj)?.[1] ?? absent);
  const zone = parameter('zone', 0);
  if (zone > 0) return [zone * 6 - 183 + 1.7, proj.includes('+south') ? -33.3 : 47.1];
  const [lon, lat] = [parameter('lon_0', 10), parameter('lat_0', 50)];
  if (Math.abs(lat) === 90) return [lon + 33, (lat * 77) / 90];
  // The origin of the British grid lies in the sea south of it.
  if (crs === 'EPSG:27700') return [lon, 52];
  return [lon + 0.4, (lat === 0 ? 51 : lat) + 0.3];
}

const codes = crsNames().filter((name) => name.startsWith('EPSG:') && name !== 'EPSG:900913');

(hasGdal('definitions of coordinate systems against PROJ') ? describe : describe.skip)(
  'crs-definitions against PROJ',
  () => {
    let places: Float64Array;
    beforeAll(() => {
      const asked = codes.map((crs) => {
        const [longitude, latitude] = placeIn(crs);
        return { crs, longitude, latitude };
      });
      places = new Float64Array(runGdal(PROGRAM, asked).buffer);
    });

    it.each(codes.map((crs, index) => [crs, index] as const))('%s is where PROJ has it', (crs, index) => {
      const mine = coordinateTransform('CRS:84', crs).forward(...placeIn(crs))!;
      const [x, y] = places.subarray(2 * index);
      const metres = crsDefinition(crs)!.proj.includes('longlat') ? 111_320 : 1;
      // Datum shifts of the old national grids differ between PROJ's choices by metres.
      const bound = /towgs84/.test(crsDefinition(crs)!.proj) ? 10 : 0.01;
      expect(Math.hypot(mine[0] - x!, mine[1] - y!) * metres).toBeLessThan(bound);
    });
  },
);
