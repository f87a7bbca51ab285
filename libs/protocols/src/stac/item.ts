import { boundingBoxOf } from '#domain/geometry/bounding-box.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import type { Product } from '#domain/product/product.js';
import { writeAssets, type StacAsset } from './item-assets.js';
import { extensionsOf } from './item-extensions.js';
import { writeItemLinks } from './item-links.js';
import { writeProperties } from './item-properties.js';
import type { StacLink } from './stac-link.js';

/** A STAC 1.1.0 Item. */
export interface StacItem {
  readonly type: 'Feature';
  readonly stac_version: '1.1.0';
  readonly stac_extensions: readonly string[];
  readonly id: string;
  readonly collection: string;
  readonly geometry: Geometry | null;
  readonly bbox?: readonly number[];
  readonly properties: Readonly<Record<string, unknown>>;
  readonly links: readonly StacLink[];
  readonly assets: Readonly<Record<string, StacAsset>>;
}

/** Writes a product as a STAC 1.1.0 Item; `address` is the mirror's public address. */
export function writeItem(product: Product, address: string): StacItem {
  const properties = writeProperties(product);
  const assets = writeAssets(product, address);
  const bbox = product.geometry === null ? undefined : boundingBoxOf(product.geometry);
  const links = writeItemLinks(product, address);
  return {
    type: 'Feature',
    stac_version: '1.1.0',
    stac_extensions: extensionsOf(properties, assets, links),
    id: product.id,
    collection: product.collection,
    geometry: product.geometry,
    ...(bbox === undefined ? {} : { bbox }),
    properties,
    links,
    assets,
  };
}
