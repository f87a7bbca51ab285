import type { Product } from '#domain/product/product.js';
import { CRS84, DEFAULT_CRS } from './feature-crs.js';
import { featureId } from './feature-id.js';
import { batchesOf, type FeaturePage } from './feature-page.js';
import { GEOMETRY_PROPERTY } from './feature-type.js';
import { featureValue } from './feature-value.js';
import { GEOJSON_TYPE } from './output-formats.js';
import { moveGeometry, positionWriter, type WritePosition } from './write-position.js';

/** A FeatureCollection of a page (RFC 7946), a feature at a time. Systems other than longitude and latitude are told in `crs`, as GeoJSON of 2008 had it. */
export async function* writeGeojson(page: FeaturePage): AsyncGenerator<string> {
  const position = positionWriter(isPlain(page) ? CRS84 : page.crs, page.project);
  yield `${JSON.stringify(headOf(page)).slice(0, -1)},"features":[`;
  let before = '';
  for await (const products of batchesOf(page)) {
    for (const product of products) {
      yield before + JSON.stringify(featureOf(product, page, position));
      before = ',';
    }
  }
  yield ']}';
}

/** The only feature of a page, alone. */
export function writeSingleGeojson(page: FeaturePage): string {
  const position = positionWriter(isPlain(page) ? CRS84 : page.crs, page.project);
  return JSON.stringify(featureOf(page.products[0]!, page, position));
}

/** GeoJSON has longitude first whatever name WGS 84 is asked by (RFC 7946 §4). */
function isPlain({ crs }: FeaturePage): boolean {
  return crs.code === DEFAULT_CRS.code || crs.code === CRS84.code;
}

function headOf(page: FeaturePage): object {
  const { matched, products, more, now, next, previous, crs } = page;
  const links = Object.entries({ next, prev: previous }).flatMap(([rel, href]) =>
    href === undefined ? [] : [{ rel, type: GEOJSON_TYPE.split(';')[0], href }],
  );
  return {
    type: 'FeatureCollection',
    timeStamp: now.toISOString(),
    numberMatched: matched ?? 'unknown',
    ...(more === undefined ? { numberReturned: products.length } : {}),
    ...(isPlain(page) ? {} : { crs: { type: 'name', properties: { name: crs.srsName } } }),
    ...(links.length === 0 ? {} : { links }),
  };
}

function featureOf(product: Product, { types, properties }: FeaturePage, position: WritePosition): object {
  const attributes = types.find(({ name }) => name === product.collection)?.attributes ?? [];
  const wants = (name: string): boolean => properties === undefined || properties.includes(name);
  const values = attributes.flatMap((attribute) => {
    const value = wants(attribute.name) ? featureValue(product, attribute) : undefined;
    return value === undefined ? [] : [[attribute.name, value] as const];
  });
  return {
    type: 'Feature',
    id: featureId(product),
    geometry: wants(GEOMETRY_PROPERTY) ? moveGeometry(product.geometry, position) : null,
    properties: Object.fromEntries(values),
  };
}
