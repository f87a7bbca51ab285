import { boundingBoxOf } from '#domain/geometry/bounding-box.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import { ASSET_KEYS } from '#domain/product/asset.js';
import type { OnlineState } from '#domain/product/online-state.js';
import type { Product } from '#domain/product/product.js';
import { polygonsOf } from '../om/footprint.js';
import { propertyText, type ProductEntry } from '../opensearch/product-entry.js';
import { writeElement } from '../xml/write-xml.js';
import { el } from '../xml/xml-element.js';
import { restoCollectionName, restoPlatform } from './resto-collections.js';
import { restoKeywords } from './resto-keywords.js';
import { RESTO_PROPERTIES } from './resto-parameters.js';

/** Where the bytes are, as resto says it: eodag takes `disk` for online and offers to order the others. */
const STORAGE: Readonly<Record<OnlineState, string>> = {
  online: 'disk',
  staging: 'staging',
  offline: 'tape',
  'metadata-only': 'unknown',
};

/** Addresses of a feature's documents and bytes. */
export function restoHref(
  { product, collection, mirror }: ProductEntry,
  ending: '.json' | '.atom' | '/download',
): string {
  return `${mirror.address}/resto/collections/${restoCollectionName(collection)}/${product.uuid}${ending}`;
}

/** A product as a feature of resto 2.3. */
export function writeRestoFeature(entry: ProductEntry): object {
  const { product } = entry;
  return {
    type: 'Feature',
    id: product.uuid,
    geometry: product.geometry,
    properties: {
      ...whatItIs(entry),
      ...whatItShows(product),
      ...furtherProperties(product),
      ...whereItIs(product.geometry),
      keywords: restoKeywords(entry),
      services: services(entry),
      links: [
        {
          rel: 'self',
          type: 'application/json',
          title: `GeoJSON link for ${product.uuid}`,
          href: restoHref(entry, '.json'),
        },
        {
          rel: 'alternate',
          type: 'application/atom+xml',
          title: `ATOM link for ${product.uuid}`,
          href: restoHref(entry, '.atom'),
        },
      ],
      storage: { mode: STORAGE[product.online] },
    },
  };
}

function whatItIs({ product, collection, parentIdentifier, quicklookHref }: ProductEntry): object {
  return {
    collection: restoCollectionName(collection),
    status: product.online === 'online' ? 'ONLINE' : 'OFFLINE',
    license: {
      licenseId: collection.license.id,
      hasToBeSigned: 'never',
      grantedCountries: null,
      grantedOrganizationCountries: null,
      grantedFlags: null,
      viewService: 'public',
      signatureQuota: -1,
      description: { shortName: collection.license.title, url: collection.license.url },
    },
    productIdentifier: product.id,
    parentIdentifier,
    title: product.id,
    description: collection.description,
    organisationName: collection.provider.name,
    startDate: product.acquiredFrom.toISOString(),
    completionDate: product.acquiredTo.toISOString(),
    updated: dateText(product.updated ?? product.published),
    published: dateText(product.published),
    quicklook: quicklookHref ?? null,
    thumbnail: quicklookHref ?? null,
  };
}

function dateText(date: Date | undefined): string | null {
  return date?.toISOString() ?? null;
}

function whatItShows(product: Product): object {
  const value = (name: string): unknown => product.properties[name] ?? null;
  const text = (name: string): string | null => propertyText(product, name) ?? null;
  return {
    productType: text('productType'),
    processingLevel: text('processingLevel'),
    platform: restoPlatform(propertyText(product, 'platform')) ?? null,
    instrument: text('instrument')?.toUpperCase() ?? null,
    resolution: value('resolution'),
    sensorMode: text('instrumentMode'),
    orbitNumber: value('absoluteOrbit'),
    snowCover: value('snowCover'),
    cloudCover: value('cloudCover'),
    resourceSize: product.content?.size ?? null,
    resourceChecksum: md5Of(product) ?? null,
  };
}

const WRITTEN: ReadonlySet<string> = new Set([
  'productType',
  'processingLevel',
  'platform',
  'instrument',
  'resolution',
  'instrumentMode',
  'absoluteOrbit',
  'snowCover',
  'cloudCover',
]);

/** Whatever else the vocabulary has a resto name for. */
function furtherProperties(product: Product): object {
  const entries = RESTO_PROPERTIES.flatMap(([name, queryable]) => {
    const value = product.properties[queryable.name];
    if (queryable.core || WRITTEN.has(queryable.name) || value === undefined) return [];
    return [[name, Array.isArray(value) ? value.join(',') : value] as const];
  });
  return Object.fromEntries(entries);
}

/** Centre of the bounding box, and GML 2 in longitude latitude, as resto has it. */
function whereItIs(geometry: Geometry | null): object {
  const box = geometry === null ? undefined : boundingBoxOf(geometry);
  if (geometry === null || box === undefined) return { centroid: null, gmlgeometry: null };
  const [west, south, east, north] = box;
  const longitude = west <= east ? (west + east) / 2 : (west + east + 360) / 2;
  const centre = [longitude > 180 ? longitude - 360 : longitude, (south + north) / 2];
  return { centroid: { type: 'Point', coordinates: centre }, gmlgeometry: gmlOf(geometry) };
}

function gmlOf(geometry: Geometry): string | null {
  const polygons = polygonsOf(geometry).map((rings) =>
    el(
      'gml:Polygon',
      { srsName: 'EPSG:4326' },
      rings.map((ring, index) =>
        el(
          index === 0 ? 'gml:outerBoundaryIs' : 'gml:innerBoundaryIs',
          {},
          el('gml:LinearRing', {}, el('gml:coordinates', {}, ring.map(([x, y]) => `${x},${y}`).join(' '))),
        ),
      ),
    ),
  );
  const [only] = polygons;
  if (only === undefined) return null;
  if (polygons.length === 1) return writeElement(only);
  const members = polygons.map((polygon) => el('gml:polygonMember', {}, polygon));
  return writeElement(el('gml:MultiPolygon', { srsName: 'EPSG:4326' }, members));
}

function services(entry: ProductEntry): object {
  const { product, collection, mirror } = entry;
  const md5 = md5Of(product);
  const browse = {
    title: 'Display full resolution product on map',
    layer: { type: 'WMS', url: `${mirror.address}/wms`, layers: collection.id },
  };
  const download = product.content && {
    url: restoHref(entry, '/download'),
    mimeType: product.content.mediaType,
    size: product.content.size,
    ...(md5 === undefined ? {} : { checksum: `md5=${md5}` }),
  };
  return {
    ...(product.assets[ASSET_KEYS.browse] === undefined ? {} : { browse }),
    ...(download === undefined ? {} : { download }),
  };
}

function md5Of({ content }: Product): string | undefined {
  return content?.digests.find(({ algorithm }) => algorithm === 'md5')?.value;
}
