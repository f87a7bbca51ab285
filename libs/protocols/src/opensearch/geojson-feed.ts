import { boundingBoxOf } from '#domain/geometry/bounding-box.js';
import type { Product } from '#domain/product/product.js';
import { productLinks } from '../links/product-links.js';
import { AVAILABILITY } from '../om/availability.js';
import { DESCRIPTION_TYPE, descriptionHref } from './description-href.js';
import { propertyText, searchHref, serialIdentifier, type ProductEntry } from './product-entry.js';
import { FORM_TYPES } from './response-form.js';
import { askedTerms, pageLinks, totalOf, type PagedResult, type ResultPage } from './result-page.js';

/** A page of products as OpenSearch-EO GeoJSON (OGC 17-047r1 §7, features by OGC 17-003r2). */
export function writeGeoJsonFeed(page: ResultPage): object {
  return writeFeatureCollection(page, page.entries.map(writeFeature));
}

/** A feature collection of whatever features a page has (OGC 17-047r1 §7.1). */
export function writeFeatureCollection(page: PagedResult, features: readonly object[]): object {
  const { request, mirror, now } = page;
  const total = totalOf(page);
  const { self, ...others } = pageLinks(page);
  const link = (href: string): object => ({ href, type: FORM_TYPES.geojson });
  const links = Object.entries(others).map(([rel, href]: [string, string]) => [rel, [link(href)]] as const);
  const description = descriptionHref(mirror, request.given.get('parentIdentifier'));
  return {
    type: 'FeatureCollection',
    id: self,
    properties: {
      title: `${mirror.name} OpenSearch - Search Response`,
      updated: now.toISOString(),
      creator: mirror.name,
      links: {
        self: [link(self)],
        ...Object.fromEntries(links),
        search: [{ href: description, type: DESCRIPTION_TYPE }],
      },
    },
    ...(total === undefined ? {} : { totalResults: total }),
    startIndex: request.offset + 1,
    itemsPerPage: request.count,
    queries: { request: [askedTerms(page)] },
    features,
  };
}

function writeFeature(entry: ProductEntry): object {
  const { product, identifier, parentIdentifier, mirror } = entry;
  const bbox = product.geometry === null ? undefined : boundingBoxOf(product.geometry);
  const id = searchHref(mirror, [
    ['httpAccept', FORM_TYPES.geojson],
    ['parentIdentifier', parentIdentifier],
    ['uid', identifier],
  ]);
  return {
    type: 'Feature',
    id,
    ...(bbox === undefined ? {} : { bbox }),
    geometry: product.geometry,
    properties: {
      title: identifier,
      identifier,
      parentIdentifier,
      status: 'ARCHIVED',
      ...defined({ statusSubType: AVAILABILITY[product.online] }),
      availability: product.online,
      date: `${product.acquiredFrom.toISOString()}/${product.acquiredTo.toISOString()}`,
      ...defined({ published: product.published?.toISOString(), updated: product.updated?.toISOString() }),
      productInformation: writeProductInformation(product),
      acquisitionInformation: [writeAcquisition(product)],
      links: writeLinks(entry, id),
    },
  };
}

function writeProductInformation(product: Product): object {
  const value = (name: string): unknown => product.properties[name];
  return defined({
    productType: value('productType'),
    processingLevel: value('processingLevel'),
    processorVersion: value('processingBaseline'),
    processingDate: propertyText(product, 'processed'),
    timeliness: value('timeliness'),
    cloudCover: value('cloudCover'),
    snowCover: value('snowCover'),
    resolution: value('resolution'),
    size: product.content?.size,
  });
}

function writeAcquisition(product: Product): object {
  const value = (name: string): unknown => product.properties[name];
  const text = (name: string): string | undefined => propertyText(product, name);
  return {
    platform: defined({
      platformShortName: text('constellation')?.replace(/^s/, 'S'),
      platformSerialIdentifier: serialIdentifier(text('platform')),
    }),
    instrument: defined({ instrumentShortName: text('instrument')?.toUpperCase(), sensorType: value('sensorType') }),
    acquisitionParameters: defined({
      acquisitionType: value('acquisitionType'),
      beginningDateTime: product.acquiredFrom.toISOString(),
      endingDateTime: product.acquiredTo.toISOString(),
      orbitNumber: value('absoluteOrbit'),
      relativeOrbitNumber: value('relativeOrbit'),
      orbitDirection: text('orbitDirection')?.toUpperCase(),
      operationalMode: value('instrumentMode'),
      swathIdentifier: value('swath'),
      polarisationChannels: text('polarisations'),
      antennaLookDirection: text('lookDirection')?.toUpperCase(),
      tileId: value('tile'),
      illuminationAzimuthAngle: value('sunAzimuth'),
      illuminationElevationAngle: value('sunElevation'),
    }),
  };
}

function writeLinks({ product, mirror, downloadHref, quicklookHref }: ProductEntry, self: string): object {
  const data = {
    href: downloadHref,
    type: product.content?.mediaType,
    length: product.content?.size,
    title: 'Download',
  };
  return {
    ...(downloadHref === undefined ? {} : { data: [data] }),
    ...(quicklookHref === undefined
      ? {}
      : { previews: [{ href: quicklookHref, type: 'image/jpeg', title: 'QUICKLOOK' }] }),
    alternates: [
      { href: self, type: FORM_TYPES.geojson, title: 'This record' },
      { href: productLinks(product, mirror).item, type: FORM_TYPES.geojson, title: 'STAC Item' },
    ],
  };
}

/** Without what has no value. */
function defined(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
