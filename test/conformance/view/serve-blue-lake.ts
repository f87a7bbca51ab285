// Serves the data set that OGC's suites of WMS look at: a layer of the view service for each layer of theirs, drawn by GDAL from their shapefiles.
// node dist/test/conformance/view/serve-blue-lake.js <folder of the shapefiles>
import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { ProductStore } from '#domain/ports/product-store.js';
import type { ArchiveService } from '#test/support/archive-service.js';
import { testBox, testCollection, testProduct } from '#test/support/catalogue-products.js';
import { serveView } from './serve-view.js';

const run = promisify(execFile);
const LAKE: BoundingBox = [-0.0045, -0.0027, 0.0045, 0.0027];
const POLYGONS: BoundingBox = [-2.5, -1.5, 2.5, 6.5];

interface Layer {
  readonly name: string;
  readonly colour: readonly [number, number, number];
  /** How far around points and lines is drawn, degrees. */
  readonly around?: number;
  readonly box?: BoundingBox;
  /** One product for each: what is chosen of the shapefile, and when it was. */
  readonly parts: readonly { readonly where: string; readonly at: Date }[];
}

const NOON = new Date('2024-06-01T12:00:00Z');
const whole = [{ where: '1 = 1', at: NOON }];
const AUTOS = Array.from({ length: 13 }, (_, index) => new Date(Date.UTC(2000, 0, 1, 0, 0, index * 5)));

const LAYERS: readonly Layer[] = [
  {
    name: 'BasicPolygons',
    colour: [150, 90, 160],
    box: POLYGONS,
    parts: [0, 1, 2].map((row) => ({ where: `rowid = ${row}`, at: NOON })),
  },
  { name: 'Bridges', colour: [90, 60, 30], around: 0.00008, parts: whole },
  { name: 'Buildings', colour: [120, 120, 130], parts: whole },
  { name: 'DividedRoutes', colour: [200, 60, 40], around: 0.00004, parts: whole },
  { name: 'Forests', colour: [40, 110, 50], parts: whole },
  { name: 'Lakes', colour: [40, 100, 190], parts: whole },
  { name: 'MapNeatline', colour: [20, 20, 20], around: 0.00002, parts: whole },
  { name: 'NamedPlaces', colour: [220, 190, 90], parts: whole },
  { name: 'Ponds', colour: [80, 150, 210], parts: whole },
  { name: 'RoadSegments', colour: [180, 120, 60], around: 0.00004, parts: whole },
  { name: 'Streams', colour: [60, 130, 220], around: 0.00002, parts: whole },
  {
    name: 'Autos',
    colour: [230, 30, 30],
    around: 0.00006,
    parts: AUTOS.map((at) => ({ where: `TIME = '${at.toISOString().replace('.000Z', 'Z')}'`, at })),
  },
];

const [shapes] = process.argv.slice(2);
if (shapes === undefined) throw new Error('The folder of the shapefiles is missing.');

await serveView(async (service) => {
  for (const layer of LAYERS) await publishLayer(service, layer, shapes);
});

async function publishLayer(service: ArchiveService, layer: Layer, folder: string): Promise<void> {
  // The suites ask for the layers by their names, or by their titles.
  const id = layer.name;
  const store = service.app.get(ProductStore);
  const keywords = ['Blue Lake', layer.name];
  await store.registerCollection({ ...testCollection(id), title: `cite:${layer.name}`, keywords });
  for (const [index, { where, at }] of layer.parts.entries()) {
    const key = `${id}/${index}.tif`;
    await service.put(key, await draw(layer, join(folder, `${layer.name}.shp`), { where, in: service.folder }));
    await service.publish([
      testProduct(`${layer.name}_${index}`, {
        collection: id,
        acquiredFrom: at,
        geometry: testBox(...(layer.box ?? LAKE)),
        assets: { browse: { location: { key }, mediaType: 'image/tiff', roles: ['visual'] } },
      }),
    ]);
  }
}

/** A picture of a part of a shapefile, 0 where nothing is. */
async function draw(
  { name, colour, around = 0, box = LAKE }: Layer,
  shapefile: string,
  part: { readonly where: string; readonly in: string },
): Promise<Uint8Array> {
  const [shape, picture, cog] = ['shape.json', 'picture.tif', 'cog.tif'].map((file) => join(part.in, file));
  const geometry = around === 0 ? 'geometry' : `ST_Buffer(geometry, ${around}) AS geometry`;
  const sql = `SELECT ${geometry} FROM ${name} WHERE ${part.where}`;
  // The exact borders of the data, which go through multiples of a cell.
  const digits = ['-lco', 'COORDINATE_PRECISION=9'];
  for (const file of [shape!, picture!]) await rm(file, { force: true });
  await run('ogr2ogr', ['-q', '-f', 'GeoJSON', ...digits, '-dialect', 'SQLite', '-sql', sql, shape!, shapefile]);
  const cell = box === LAKE ? 0.00001 : 0.01;
  const burn = colour.flatMap((value) => ['-burn', String(value)]);
  const grid = ['-te', ...box.map(String), '-tr', String(cell), String(cell), '-ot', 'Byte', '-init', '0'];
  await run('gdal_rasterize', ['-q', ...burn, ...grid, '-a_srs', 'EPSG:4326', '-a_nodata', '0', shape!, picture!]);
  await run('gdal_translate', ['-q', '-of', 'COG', '-co', 'COMPRESS=DEFLATE', picture!, cog!]);
  return readFile(cog!);
}
