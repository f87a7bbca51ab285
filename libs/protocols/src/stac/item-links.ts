import type { Product } from '#domain/product/product.js';
import { productLinks } from '../links/product-links.js';
import { itemMapLinks } from './map-links.js';
import { collectionHref, itemHref, MEDIA_TYPES, rootLink, type StacLink } from './stac-link.js';

const ISO_19139 = 'http://www.isotc211.org/2005/gmd';

/** The links of an item: where it belongs, its versions, its map, its metadata in other forms, and the product as its producer delivers it. */
export function writeItemLinks(product: Product, address: string): readonly StacLink[] {
  return [
    ...catalogueLinks(product, address),
    ...versionLinks(product, address),
    ...itemMapLinks(product, address),
    ...metadataLinks(product, address),
    ...originalLinks(product, address),
  ];
}

function catalogueLinks(product: Product, address: string): readonly StacLink[] {
  const collection = collectionHref(address, product.collection);
  return [
    { rel: 'self', href: itemHref(address, product), type: MEDIA_TYPES.geojson },
    rootLink(address),
    { rel: 'parent', href: collection, type: MEDIA_TYPES.json },
    { rel: 'collection', href: collection, type: MEDIA_TYPES.json },
  ];
}

/** Versioning Indicators extension 1.2.0: the processings of the same scene before and after this one; the newest of several is its own latest version. */
function versionLinks({ collection, id, predecessor, successor }: Product, address: string): readonly StacLink[] {
  const link = (rel: string, other: string | undefined): readonly StacLink[] =>
    other === undefined ? [] : [{ rel, href: itemHref(address, { collection, id: other }), type: MEDIA_TYPES.geojson }];
  const isLatest = predecessor !== undefined && successor === undefined;
  return [
    ...link('predecessor-version', predecessor),
    ...link('successor-version', successor),
    ...link('latest-version', isLatest ? id : undefined),
  ];
}

/** The same product by the doors for metadata: CSW's GetRecordById and OpenSearch. */
function metadataLinks({ id }: Product, address: string): readonly StacLink[] {
  const record = new URLSearchParams({
    service: 'CSW',
    version: '3.0.0',
    request: 'GetRecordById',
    elementSetName: 'full',
    outputSchema: ISO_19139,
    id,
  });
  const observation = new URLSearchParams({ httpAccept: 'application/gml+xml', uid: id });
  return [
    {
      rel: 'describedby',
      href: `${address}/csw?${record.toString()}`,
      type: 'application/xml',
      title: 'Metadata (ISO 19139)',
    },
    {
      rel: 'describedby',
      href: `${address}/opensearch/request?${observation.toString()}`,
      type: 'application/gml+xml',
      title: 'Metadata (Earth Observation profile of Observations & Measurements)',
    },
  ];
}

/** The deliverable under the name its producer gave it. */
function originalLinks(product: Product, address: string): readonly StacLink[] {
  const { download } = productLinks(product, { address, name: '' });
  const { content } = product;
  if (download === undefined || content === undefined) return [];
  return [{ rel: 'enclosure', href: download, type: content.mediaType, title: content.fileName, length: content.size }];
}
