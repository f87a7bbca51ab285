import type { Collection } from '#domain/collection/collection.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import type { Product } from '#domain/product/product.js';
import { productUuid } from '#domain/product/product-uuid.js';

/** A collection with everything a definition needs. */
export function testCollection(id: string): Collection {
  return {
    id,
    shortName: id.toUpperCase(),
    title: id,
    description: `Products of ${id}`,
    keywords: [],
    mission: 'Sentinel-2',
    platforms: ['sentinel-2a'],
    instrument: 'msi',
    sensorType: 'OPTICAL',
    processingLevel: 'L1C',
    productTypes: ['S2MSI1C'],
    temporalStart: '2015-06-23',
    bbox: [-180, -90, 180, 90],
    license: { id: 'other', title: 'terms', url: 'https://example.org/terms' },
    provider: { name: 'ESA', url: 'https://www.esa.int' },
    inspire: {
      topicCategory: 'imageryBaseMapsEarthCover',
      themes: ['Orthoimagery'],
      lineage: 'processed',
      accessConstraints: 'none',
      useConditions: 'none',
      specificationTitle: 'specification',
      specificationDate: '2015-01-01',
    },
  };
}

/** A product of collection `a`, acquired in one instant, with what the test changes. */
export function testProduct(id: string, changes: Partial<Product> = {}): Product {
  const collection = changes.collection ?? 'a';
  const acquiredFrom = changes.acquiredFrom ?? new Date('2024-06-01T10:00:00Z');
  return {
    uuid: productUuid(collection, id),
    collection,
    id,
    geometry: testBox(10, 50, 11, 51),
    acquiredFrom,
    acquiredTo: acquiredFrom,
    properties: {},
    extra: {},
    assets: {},
    online: 'metadata-only',
    ...changes,
  };
}

/** A box as a polygon. */
export function testBox(west: number, south: number, east: number, north: number): Geometry {
  const coordinates: [number, number][] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: 'Polygon', coordinates: [coordinates] };
}
