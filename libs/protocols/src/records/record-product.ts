import { RECORDS } from '#domain/collection/record-collection.js';
import { collectionOfProductType } from '#domain/collection/sentinel-collections.js';
import { InvalidError } from '#domain/errors.js';
import { boundingBoxArea } from '#domain/geometry/bounding-box.js';
import { ASSET_KEYS, type Asset } from '#domain/product/asset.js';
import { productUuid } from '#domain/product/product-uuid.js';
import type { Product } from '#domain/product/product.js';
import { parseProductIdentifier } from '../opensearch/product-identifier.js';
import { parseProductName } from '../safe/parse-product-name.js';
import type { ProductName } from '../safe/product-name.js';
import type { MetadataRecord } from './metadata-record.js';
import { recordExtra, type RecordOrigin } from './record-extra.js';
import { recordPeriod } from './record-period.js';

/** Product ids are names: longer ones are somebody's mistake. */
const MAX_ID = 512;

/**
 * A record as a product of the catalogue without data: the dataset of a Sentinel product becomes one of its known collection with what its name says,
 * any other record one of the collection `records` with its Dublin Core in `extra`. Without a footprint the box is one. Throws InvalidError for ids that are none.
 */
export function recordToProduct(record: MetadataRecord, origin: RecordOrigin = {}): Product {
  const { temporal } = record;
  const name = sentinelName(record);
  const collection = name === undefined ? undefined : collectionOf(name);
  if (name === undefined || collection === undefined) return storedProduct(record, origin);
  const named = { start: name.acquiredFrom, end: name.acquiredTo ?? name.acquiredFrom };
  const [acquiredFrom, acquiredTo] =
    temporal !== undefined || named.start === undefined
      ? recordPeriod(record)
      : [named.start, named.end ?? named.start];
  return {
    ...shared(record, collection, name.name),
    acquiredFrom,
    acquiredTo,
    properties: { acquisitionType: 'NOMINAL', ...record.properties, ...name.properties },
    extra: {},
    scene: name.scene,
  };
}

function storedProduct(record: MetadataRecord, origin: RecordOrigin): Product {
  const [acquiredFrom, acquiredTo] = recordPeriod(record);
  return {
    ...shared(record, RECORDS, record.id),
    acquiredFrom,
    acquiredTo,
    properties: record.properties,
    extra: recordExtra(record, origin),
  };
}

function shared(
  record: MetadataRecord,
  collection: string,
  id: string,
): Pick<Product, 'uuid' | 'collection' | 'id' | 'geometry' | 'assets' | 'online'> {
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  if (id.length > MAX_ID || /[\u0000-\u001f\u007f]/.test(id)) {
    throw new InvalidError(`The identifier is longer than ${MAX_ID} characters or holds control characters.`, {
      subject: 'identifier',
    });
  }
  return {
    uuid: productUuid(collection, id),
    collection,
    id,
    geometry: record.footprint ?? (record.bbox === undefined ? null : boundingBoxArea(record.bbox)),
    assets: assetsOf(record),
    online: 'metadata-only',
  };
}

/** The bytes are elsewhere: only where they are is known. */
function assetsOf({ quicklook, onlineResources }: MetadataRecord): Product['assets'] {
  const assets: Record<string, Asset> = {};
  const download = onlineResources.find(({ use, href }) => use === 'download' && isWebAddress(href));
  if (download !== undefined) {
    assets[ASSET_KEYS.product] = { href: download.href, title: download.name ?? 'Download', roles: ['data'] };
  }
  if (quicklook !== undefined && isWebAddress(quicklook)) {
    assets[ASSET_KEYS.quicklook] = { href: quicklook, title: 'Quick-look', roles: ['thumbnail'] };
  }
  return assets;
}

function isWebAddress(href: string): boolean {
  return /^https?:\/\//i.test(href);
}

/** What the identifier or the title names; a series or service is none, whatever its name. */
function sentinelName(record: MetadataRecord): ProductName | undefined {
  if (record.type !== undefined && /series|service|collection/i.test(record.type)) return undefined;
  const names = [parseProductIdentifier(record.id), record.id, record.title ?? ''];
  for (const name of names) {
    try {
      return parseProductName(name);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
    }
  }
  return undefined;
}

function collectionOf({ mission, properties }: ProductName): string | undefined {
  return collectionOfProductType(mission, String(properties['productType']))?.id;
}
