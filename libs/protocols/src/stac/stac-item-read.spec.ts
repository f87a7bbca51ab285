import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { InvalidError } from '#domain/errors.js';
import { parseStacItem } from './stac-item-read.js';

const item = {
  type: 'Feature',
  stac_version: '1.0.0',
  id: 'S2B_T32UPU_20240510',
  collection: 'sentinel-2-l2a',
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [11, 48],
        [12, 48],
        [12, 49],
        [11, 48],
      ],
    ],
  },
  bbox: [11, 48, 12, 49],
  properties: {
    datetime: '2024-05-10T10:10:10.123Z',
    'eo:cloud_cover': 12.5,
    instruments: ['msi'],
    'sat:relative_orbit': 22,
    'my:field': { a: 1 },
  },
  links: [],
  assets: { B04: { href: './B04.tif', type: 'image/tiff; application=geotiff', roles: ['data'], 'raster:bands': [] } },
};

describe('parseStacItem (STAC 1.0.0 and 1.1.0 Item)', () => {
  it('keeps the vocabulary under its names and everything else as it came', () => {
    const { product, files } = parseStacItem(item);
    expect(product).toMatchObject({
      id: item.id,
      collection: 'sentinel-2-l2a',
      geometry: item.geometry,
      acquiredFrom: new Date('2024-05-10T10:10:10.123Z'),
      acquiredTo: new Date('2024-05-10T10:10:10.123Z'),
      properties: { cloudCover: 12.5, instrument: 'msi', relativeOrbit: 22 },
      extra: { 'my:field': { a: 1 } },
      assets: {
        B04: { mediaType: 'image/tiff; application=geotiff', roles: ['data'], fields: { 'raster:bands': [] } },
      },
    });
    expect(files).toEqual(new Map([['B04', 'B04.tif']]));
  });

  it('keeps a value of the wrong type outside the vocabulary', () => {
    const { product } = parseStacItem({ ...item, properties: { ...item.properties, 'eo:cloud_cover': 'much' } });
    expect(product.properties['cloudCover']).toBeUndefined();
    expect(product.extra['eo:cloud_cover']).toBe('much');
  });

  it('takes a span where datetime is null', () => {
    const span = { datetime: null, start_datetime: '2024-01-01T00:00:00Z', end_datetime: '2024-02-01T00:00:00+01:00' };
    const { product } = parseStacItem({ ...item, stac_version: '1.1.0', properties: span });
    expect(product).toMatchObject({ acquiredFrom: new Date('2024-01-01Z'), acquiredTo: new Date('2024-01-31T23:00:00Z') });
  }); // prettier-ignore

  it('cuts a footprint at the antimeridian (RFC 7946 §3.1.9)', () => {
    const ring = [[179, 0], [-179, 0], [-179, 1], [179, 1], [179, 0]]; // prettier-ignore
    const { product } = parseStacItem({ ...item, geometry: { type: 'Polygon', coordinates: [ring] } });
    expect(product.geometry?.type).toBe('MultiPolygon');
  });

  const polygon = (...ring: readonly (readonly number[])[]) => ({ type: 'Polygon', coordinates: [ring] });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a list', []],
    ['a collection', { ...item, type: 'Collection' }],
    ['STAC 0.9', { ...item, stac_version: '0.9.0' }],
    ['an id with a slash', { ...item, id: 'a/b' }],
    ['an id that climbs', { ...item, id: '..' }],
    ['an id with control characters', { ...item, id: 'a\u0000b' }],
    ['an id of 10 kB', { ...item, id: 'a'.repeat(10_000) }],
    ['no collection', { ...item, collection: undefined }],
    ['latitude 91', { ...item, geometry: polygon([0, 91], [1, 0], [1, 1], [0, 91]) }],
    ['an open ring', { ...item, geometry: polygon([0, 0], [1, 0], [1, 1], [0, 1]) }],
    ['a ring of three', { ...item, geometry: polygon([0, 0], [1, 0], [0, 0]) }],
    ['text as coordinates', { ...item, geometry: { type: 'Point', coordinates: ['1', '2'] } }],
    ['no datetime', { ...item, properties: {} }],
    ['a null datetime without a span', { ...item, properties: { datetime: null } }],
    ['a day that is none', { ...item, properties: { datetime: '2024-02-30T00:00:00Z' } }],
    ['a span that ends before it begins', { ...item, properties: { datetime: null, start_datetime: '2024-02-01T00:00:00Z', end_datetime: '2024-01-01T00:00:00Z' } }],
    ['no assets', { ...item, assets: undefined }],
    ['an asset without href', { ...item, assets: { a: {} } }],
    ['an asset that climbs out', { ...item, assets: { a: { href: '../../etc/passwd' } } }],
    ['an encoded one that does', { ...item, assets: { a: { href: '%2e%2e/secret' } } }],
    ['an asset on this disk', { ...item, assets: { a: { href: 'file:///etc/passwd' } } }],
    ['a script as asset', { ...item, assets: { a: { href: 'javascript:alert(1)' } } }],
  ])('refuses %s', (_, json) => {
    expect(() => parseStacItem(json)).toThrow(InvalidError);
  }); // prettier-ignore

  const derived = '../shared/fixtures/stac/derived';
  const there = existsSync(derived);
  if (!there) console.warn('skipped: the STAC items are not here');
  (there ? it : it.skip).each(['100-sentinel-2-items', '1000-sentinel-2-items', '100-landsat-items'])(
    'reads every one of %s',
    (name) => {
      const lines = gunzipSync(readFileSync(`${derived}/${name}.ndjson.gz`))
        .toString()
        .trim()
        .split('\n');
      for (const line of lines) {
        const json = JSON.parse(line) as { id: string; properties: Record<string, unknown> };
        const { product } = parseStacItem(json);
        expect(product.id).toBe(json.id);
        expect(product.properties['cloudCover']).toBe(json.properties['eo:cloud_cover']);
        expect(product.geometry).not.toBeNull();
      }
    },
  );
});

describe('an Item of the usual kind', () => {
  /** The same by the whole schema: what looks at usual items leaves alone whatever has this name. */
  const bySchema = (json: string): string => json.replace(/^\{/, '{"__proto__":1,');
  const outcome = (json: string): unknown => {
    try {
      return parseStacItem(JSON.parse(json));
    } catch (error) {
      return error instanceof InvalidError ? [error.message, error.subject] : error;
    }
  };
  const PLACES = [
    ...['type', 'stac_version', 'id', 'collection', 'geometry', 'properties', 'links', 'assets'].map((name) => [name]),
    ['geometry', 'type'],
    ['geometry', 'coordinates'],
    ['geometry', 'coordinates', '0'],
    ['geometry', 'coordinates', '0', '1'],
    ['geometry', 'coordinates', '0', '1', '1'],
    ['properties', 'datetime'],
    ['properties', 'start_datetime'],
    ['properties', 'end_datetime'],
    ['properties', 'eo:cloud_cover'],
    ['links', '0'],
    ['links', '0', 'rel'],
    ['links', '0', 'href'],
    ['assets', 'B04'],
    ['assets', 'B04', 'href'],
    ['assets', ''],
  ];
  const VALUES = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(
      'Polygon',
      'Point',
      '1.1.0',
      'a',
      'a/b',
      '2024-05-10T10:10:10Z',
      '2024-05-10',
      { href: 'https://a.example/b' },
      [181, 5],
      [1, 2, 3],
    ),
  );

  it('is read as the schema has it, whatever is changed in it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PLACES), VALUES, fc.boolean(), (place, value, isRemoved) => {
        const changed = structuredClone({ ...item, links: [{ rel: 'self', href: 'https://a.example/item.json' }] });
        let inner = changed as unknown as Record<string, unknown>;
        for (const name of place.slice(0, -1)) inner = inner[name] as Record<string, unknown>;
        if (isRemoved) delete inner[place.at(-1)!];
        else inner[place.at(-1)!] = value;
        const json = JSON.stringify(changed);
        expect(outcome(json)).toEqual(outcome(bySchema(json)));
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['a number too large to be one', '"eo:cloud_cover":12.5', '"eo:cloud_cover":1e999'],
    ['a height too large to be one', '[12,48]', '[12,48,1e999]'],
    ['a name of prototypes', '"raster:bands":[]', '"__proto__":{"a":1}'],
    ['one in its properties', '"my:field":{"a":1}', '"__proto__":{"a":1}'],
  ])('is read as the schema has it: %s', (_title, from, to) => {
    const json = JSON.stringify(item).replace(from, to);
    expect(json).toContain(to);
    expect(outcome(json)).toEqual(outcome(bySchema(json)));
    expect(({} as { a?: number }).a).toBeUndefined();
  });
});
