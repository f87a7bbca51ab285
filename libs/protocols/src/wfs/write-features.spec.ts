import { describe, expect, it } from '@jest/globals';
import type { Geometry } from '#domain/geometry/geometry.js';
import type { Product } from '#domain/product/product.js';
import { SENTINEL_2, SENTINEL_2_L1C, SENTINEL_1 } from '#test/support/sample-products.js';
import { parseGml } from '../gml/parse-gml.js';
import { parseXml } from '../xml/parse-xml.js';
import { descendants, select, selectFirst, textAt } from '../xml/xml-path.js';
import { CRS84, DEFAULT_CRS, parseSrsName } from './feature-crs.js';
import type { FeaturePage } from './feature-page.js';
import { writeFeatureSchema } from './feature-schema.js';
import { featureTypeOf } from './feature-type.js';
import { writeFeatures, writeSingleFeature } from './write-features.js';
import { writeGeojson } from './write-geojson.js';
import { WFS_VERSIONS, type WfsVersion } from './wfs-version.js';

const TYPE = featureTypeOf(SENTINEL_2_L1C, [10, 47, 12, 49])!;
const page = (changes: Partial<FeaturePage> = {}): FeaturePage => ({
  version: '2.0.0',
  types: [TYPE],
  products: [SENTINEL_2],
  matched: 7,
  crs: DEFAULT_CRS,
  project: (_crs, longitude, latitude) => [longitude * 1000, latitude * 1000],
  address: 'https://mirror.example/wfs?',
  now: new Date('2024-06-01T00:00:00Z'),
  ...changes,
});
const joined = async (pieces: AsyncIterable<string>): Promise<string> => {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
};
const written = async (changes: Partial<FeaturePage> = {}) => parseXml(await joined(writeFeatures(page(changes))));
const of = (geometry: Geometry | null): Product => ({ ...SENTINEL_2, geometry });

describe('features in GML', () => {
  it.each<WfsVersion>(['2.0.0', '1.1.0'])('%s: geometries are read again as they were', async (version) => {
    const geometries: readonly Geometry[] = [
      SENTINEL_2.geometry!,
      SENTINEL_1.geometry!,
      { type: 'Polygon', coordinates: [ring(0, 10), ring(2, 4)] },
      { type: 'Point', coordinates: [8.5, 50.25] },
      { type: 'LineString', coordinates: [[8, 50], [9, 51]] },
      { type: 'MultiPoint', coordinates: [[8, 50], [9, 51]] },
      { type: 'MultiLineString', coordinates: [[[8, 50], [9, 51]], [[1, 2], [3, 4]]] },
      { type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [8, 50] }] },
    ]; // prettier-ignore
    for (const geometry of geometries) {
      const root = await written({ version, products: [of(geometry)] });
      const [gml] = select(root, '//geometry/*');
      const expected = geometry.type === 'Polygon' ? { type: 'MultiPolygon', coordinates: [geometry.coordinates] } : geometry;
      expect(parseGml(gml!)).toEqual(expected);
    } // prettier-ignore
  });

  it('has an id of its own at every geometry (GML 3.2.1 §7.2.4.5)', async () => {
    const root = await written({ products: [of(SENTINEL_1.geometry)] });
    const ids = descendants(root).flatMap(({ attributes }) => attributes.get('gml:id') ?? []);
    expect(ids.length).toBeGreaterThan(3);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('tells how many match and the other pages (OGC 09-025r2 §7.7.4.2)', async () => {
    const links = { next: 'https://mirror.example/wfs?a=1&b=2', previous: undefined };
    expect(Object.fromEntries((await written(links)).attributes)).toMatchObject({
      numberMatched: '7',
      numberReturned: '1',
      next: links.next,
    });
    expect((await written({ matched: undefined })).attributes.get('numberMatched')).toBe('unknown');
    expect((await written({ version: '1.1.0' })).attributes.get('numberOfFeatures')).toBe('1');
  });

  it('writes positions in the axis order of the system asked for', async () => {
    const positions = async (srsName: string) =>
      textAt(
        await written({ crs: parseSrsName(srsName), products: [of({ type: 'Point', coordinates: [8, 50] })] }),
        '//pos',
      );
    expect(await positions('urn:ogc:def:crs:EPSG::4326')).toBe('50 8');
    expect(await positions('EPSG:4326')).toBe('8 50');
    expect(await positions('urn:ogc:def:crs:OGC:1.3:CRS84')).toBe('8 50');
    expect(await positions('EPSG:32632')).toBe('8000 50000');
    expect(await positions('urn:ogc:def:crs:EPSG::3035')).toBe('50000 8000');
  });

  it('escapes values, leaves out what is not asked for, and has no geometry where there is none', async () => {
    const product = { ...of(null), properties: { platform: '<a> & "b"\u0000', cloudCover: 12.5 } };
    const root = await written({ products: [product], properties: ['platform', 'geometry'] });
    expect(textAt(root, '//platform')).toBe('<a> & "b"\uFFFD');
    expect(selectFirst(root, '//cloudCover')).toBeUndefined();
    expect(selectFirst(root, '//geometry')).toBeUndefined();
  });

  it('is the feature itself where one is asked for by its id (OGC 09-025r2 §7.9.3.6)', async () => {
    const root = parseXml(writeSingleFeature(page()));
    expect([root.name, root.namespace]).toEqual(['sentinel-2-l1c', 'urn:frombork:wfs:1.0']);
  });
});

describe('features in GeoJSON', () => {
  const read = async (changes: Partial<FeaturePage> = {}) =>
    JSON.parse(await joined(writeGeojson(page(changes)))) as Record<string, unknown> & {
      features: readonly { id: string; geometry: Geometry; properties: Record<string, unknown> }[];
    };

  it('has longitude first whatever WGS 84 is called, and names other systems', async () => {
    for (const crs of [DEFAULT_CRS, CRS84, parseSrsName('EPSG:4326')]) {
      const document = await read({ crs });
      expect(document.features[0]!.geometry).toEqual(SENTINEL_2.geometry);
      expect(document).not.toHaveProperty('crs');
    }
    const projected = await read({ crs: parseSrsName('EPSG:3857') });
    expect(projected['crs']).toEqual({ type: 'name', properties: { name: 'EPSG:3857' } });
    expect(projected.features[0]!.geometry).toMatchObject({ type: 'Polygon' });
    expect(JSON.stringify(projected.features[0]!.geometry)).toContain('[[[-77700,-12700],');
  });

  it('tells the vocabulary under its own names', async () => {
    const [feature] = (await read({ next: 'https://mirror.example/next' })).features;
    expect(feature!.properties).toMatchObject({
      id: SENTINEL_2.id,
      acquiredFrom: '2022-01-25T15:17:01.024Z',
      cloudCover: 23.5,
      size: 768_614_400,
      online: 'online',
    });
    expect(await read({ matched: undefined })).toMatchObject({ numberMatched: 'unknown', numberReturned: 1 });
  });
});

describe('DescribeFeatureType', () => {
  it.each<WfsVersion>(['2.0.0', '1.1.0'])('%s describes exactly what features hold, in that order', async (version) => {
    const schema = writeFeatureSchema(version, [TYPE]);
    const names = [...JSON.stringify(schema.children.at(-1), (_, value) => (value instanceof Map ? Object.fromEntries(value) : value)).matchAll(/"name":"(\w+)"/g)].map((match) => match[1]!);
    const feature = select(await written({ version }), '//sentinel-2-l1c/*').map(({ name }) => name);
    expect(names).toContain('cloudCover');
    expect(names).not.toContain('polarisations');
    expect(names.filter((name) => feature.includes(name))).toEqual([...new Set(feature)]);
    expect(JSON.stringify([...schema.attributes])).toContain(WFS_VERSIONS[version].gml);
  }); // prettier-ignore
});

function ring(low: number, high: number): [number, number][] {
  return [
    [low, low],
    [high, low],
    [high, high],
    [low, high],
    [low, low],
  ];
}
