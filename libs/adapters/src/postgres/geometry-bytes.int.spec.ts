import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isConvexPolygon } from '#domain/geometry/convex-polygon.js';
import type { Geometry, Position } from '#domain/geometry/geometry.js';
import { closeRing } from '#domain/geometry/ring.js';
import { testDatabases, type TestDatabase } from '#test/support/database.js';
import { geometryBytes } from './geometry-bytes.js';

/** JSON has no negative nought. */
const number = (least: number, most: number) =>
  fc.double({ min: least, max: most, noNaN: true }).map((each) => each + 0);
/** Beyond the antimeridian too, as areas across it are sent. */
const position = fc.tuple(number(-900, 900), number(-90, 90));
const line = fc.array(position, { minLength: 2, maxLength: 12 });
const ring = fc.array(position, { minLength: 3, maxLength: 12 }).map((open): Position[] => [...open, open[0]!]);
const polygon = fc.array(ring, { minLength: 1, maxLength: 3 });
const several = { minLength: 1, maxLength: 4 };

const simple: fc.Arbitrary<Geometry> = fc.oneof(
  position.map((coordinates): Geometry => ({ type: 'Point', coordinates })),
  line.map((coordinates): Geometry => ({ type: 'LineString', coordinates })),
  polygon.map((coordinates): Geometry => ({ type: 'Polygon', coordinates })),
  fc.array(position, several).map((coordinates): Geometry => ({ type: 'MultiPoint', coordinates })),
  fc.array(line, several).map((coordinates): Geometry => ({ type: 'MultiLineString', coordinates })),
  fc.array(polygon, several).map((coordinates): Geometry => ({ type: 'MultiPolygon', coordinates })),
);
const geometry = fc.oneof(
  simple,
  fc.array(simple, several).map((geometries): Geometry => ({ type: 'GeometryCollection', geometries })),
);

describe.each(testDatabases().map((kind) => [kind.name, kind] as const))('geometryBytes on %s', (_name, kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await kind.open();
  }, 180_000);
  afterAll(async () => {
    await database?.close();
    await kind.stop();
  }, 60_000);

  it('are to the bit the geometry PostGIS reads from GeoJSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(geometry, { minLength: 20, maxLength: 20 }), async (geometries) => {
        const rows = await database.sql.query<{ same: boolean }>(
          `select st_asewkb(bytes::geometry) = st_asewkb(st_setsrid(st_force2d(st_geomfromgeojson(json)), 4326)) as same
           from unnest($1::bytea[], $2::text[]) as given(bytes, json)`,
          [geometries.map(geometryBytes), geometries.map((each) => JSON.stringify(each))],
        );
        expect(rows).toEqual(geometries.map(() => ({ same: true })));
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it('are valid where isConvexPolygon says so', async () => {
    const place = fc.oneof(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 })), position);
    const corners = fc.array(place, { minLength: 3, maxLength: 6 });
    const drawn = corners.map((ring): Geometry => ({ type: 'Polygon', coordinates: [closeRing(ring)] }));
    await fc.assert(
      fc.asyncProperty(fc.array(drawn.filter(isConvexPolygon), { minLength: 20, maxLength: 20 }), async (polygons) => {
        const rows = await database.sql.query<{ valid: boolean }>(
          'select st_isvalid(bytes::geometry) as valid from unnest($1::bytea[]) as given(bytes)',
          [polygons.map(geometryBytes)],
        );
        expect(rows).toEqual(polygons.map(() => ({ valid: true })));
      }),
      { numRuns: 50 },
    );
  }, 60_000);
});
