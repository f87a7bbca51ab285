import { RECORDS } from '#domain/collection/record-collection.js';
import { boundingBoxOf } from '#domain/geometry/bounding-box.js';
import type { Product } from '#domain/product/product.js';
import { productLinks } from '../links/product-links.js';
import { propertyText } from '../opensearch/product-entry.js';
import type { CollectionFacts } from './describe-collection.js';
import type { MetadataRecord, OnlineResource, RecordDates } from './metadata-record.js';
import { storedRecord } from './stored-record.js';

/** A product as the record of a *dataset* (ISO 19115 scope), its collection the parent; of the collection `records` the record it was made of. */
export function productRecord(product: Product, facts: CollectionFacts): MetadataRecord {
  if (product.collection === RECORDS) return storedRecord(product);
  const links = productLinks(product, facts.mirror);
  const { geometry } = product;
  const bbox = geometry === null ? undefined : boundingBoxOf(geometry);
  const modified = product.updated ?? product.published;
  return {
    ...facts.shared,
    id: product.id,
    parentIdentifier: facts.identifier,
    type: 'dataset',
    title: product.id,
    abstract: abstractOf(product, facts),
    dates: datesOf(product),
    modified: (modified ?? product.acquiredTo).toISOString(),
    ...(geometry === null || bbox === undefined ? {} : { bbox, footprint: geometry }),
    temporal: { start: product.acquiredFrom.toISOString(), end: product.acquiredTo.toISOString() },
    properties: product.properties,
    crs: propertyText(product, 'projCode') ?? 'EPSG:4326',
    ...(product.online === 'metadata-only' ? {} : { availability: product.online }),
    ...(links.quicklook === undefined ? {} : { quicklook: links.quicklook }),
    onlineResources: [...downloadOf(product, links.download), itemOf(links.item), ...facts.onlineResources],
  };
}

function datesOf(product: Product): RecordDates {
  const processed = product.properties['processed'];
  return {
    creation: (processed instanceof Date ? processed : product.acquiredTo).toISOString(),
    ...(product.published === undefined ? {} : { publication: product.published.toISOString() }),
  };
}

function downloadOf(product: Product, href: string | undefined): readonly OnlineResource[] {
  if (href === undefined) return [];
  const protocol = 'WWW:DOWNLOAD-1.0-http--download';
  return [{ href, protocol, name: product.content?.fileName ?? product.id, use: 'download' }];
}

function itemOf(href: string): OnlineResource {
  return { href, protocol: 'WWW:LINK', name: 'STAC Item', use: 'information' };
}

/** One sentence of what is particular, then what the collection is. */
function abstractOf(product: Product, { collection }: CollectionFacts): string {
  const text = (before: string, name: string, after = ''): string => {
    const value = propertyText(product, name);
    return value === undefined ? '' : `, ${before}${value}${after}`;
  };
  const details = [
    text('tile ', 'tile'),
    text('mode ', 'instrumentMode'),
    text('relative orbit ', 'relativeOrbit'),
    text('', 'orbitDirection'),
    text('cloud cover ', 'cloudCover', ' %'),
  ];
  return `${collection.title}, acquired ${product.acquiredFrom.toISOString()}${details.join('')}. ${collection.description}`;
}
