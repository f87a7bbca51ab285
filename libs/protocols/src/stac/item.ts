import { boundingBoxOf } from '#domain/geometry/bounding-box.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import type { Product } from '#domain/product/product.js';
import { writeAssets, type StacAsset } from './item-assets.js';
import { extensionsOf } from './item-extensions.js';
import { writeItemLinks } from './item-links.js';
import { writeProperties } from './item-properties.js';
import { isOffered, writeSchemes, type S3Archive } from './s3-archive.js';
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

/** Writes a product as a STAC 1.1.0 Item; `address` is the mirror's public address, `archive` the bucket readers may read it from, where they may. */
export function writeItem(product: Product, address: string, archive?: S3Archive): StacItem {
  const assets = writeAssets(product, address, archive);
  const plain = writeProperties(product);
  const isInBucket = archive !== undefined && Object.values(assets).some(isOffered);
  const properties = isInBucket ? { ...plain, ...writeSchemes(archive, plain) } : plain;
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
