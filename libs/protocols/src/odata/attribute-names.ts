import type { Collection } from '#domain/collection/collection.js';
import { GRID_QUERYABLES, RADAR_QUERYABLES } from '#domain/catalog/queryables-of-acquisition.js';
import { PRODUCT_ATTRIBUTES, PRODUCT_GROUP } from './attribute-fields.js';
import { collectionName } from './collection-name.js';
import { valueTypeOf } from './product-attributes.js';

const RADAR = new Set(RADAR_QUERYABLES.map(([name]) => name).filter((name) => name !== 'instrumentMode'));
const GRID = new Set(GRID_QUERYABLES.map(([name]) => name));
const OPTICAL = new Set(['cloudCover', 'snowCover', 'sunElevation', 'sunAzimuth']);

/** `Attributes(SENTINEL-2)`: the attributes products of a mission (or of one collection) can be searched by; undefined where there is none of that name. */
export function writeAttributeNames(
  name: string,
  collections: readonly Collection[],
): readonly Record<string, string>[] | undefined {
  const wanted = name.toLowerCase();
  const of = collections.filter(
    (collection) => collectionName(collection).toLowerCase() === wanted || collection.id === wanted,
  );
  if (of.length === 0) return undefined;
  const isRadar = of.some(({ sensorType }) => sensorType === 'RADAR');
  const isGridded = of.some(({ mission }) => mission === 'Sentinel-2');
  const attributes = PRODUCT_ATTRIBUTES.filter(({ queryable }) => {
    if (RADAR.has(queryable.name)) return isRadar;
    if (OPTICAL.has(queryable.name)) return !isRadar;
    return !GRID.has(queryable.name) || isGridded;
  });
  return attributes.map(({ name: attribute, queryable }) => ({
    Name: attribute === 'datatakeID' ? PRODUCT_GROUP : attribute,
    ValueType: valueTypeOf(queryable),
  }));
}
