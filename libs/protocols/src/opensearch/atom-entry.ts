import { boundingBoxOf } from '#domain/geometry/bounding-box.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import { writeEarthObservation } from '../om/earth-observation.js';
import { polygonsOf } from '../om/footprint.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';
import { writeSummary } from './entry-summary.js';
import { productLinks } from '../links/product-links.js';
import type { OmVersion } from '../om/om-version.js';
import { DESCRIPTION_TYPE, descriptionHref } from './description-href.js';
import { searchHref, type ProductEntry } from './product-entry.js';
import { FORM_TYPES } from './response-form.js';

const OM_TYPE = 'application/gml+xml;profile=http://www.opengis.net/spec/EOMPOM';

/** A product as an Atom entry (RFC 4287 §4.1.2) as CODE-DE's clients read it: Dublin Core, O&M, GeoRSS in latitude longitude, Media RSS. */
export function writeAtomEntry(entry: ProductEntry, version: OmVersion): XmlMarkup {
  const { product, identifier } = entry;
  const updated = product.updated ?? product.published ?? product.acquiredTo;
  const published = product.published ?? updated;
  return el(
    'entry',
    {},
    el('id', {}, recordHref(entry, 'atom')),
    entryLinks(entry),
    el('summary', { type: 'html' }, writeSummary(entry)),
    el('title', {}, identifier),
    el('updated', {}, updated.toISOString()),
    el('published', {}, published.toISOString()),
    el('dc:identifier', {}, identifier),
    el('dc:date', {}, `${product.acquiredFrom.toISOString()}/${product.acquiredTo.toISOString()}`),
    writeEarthObservation(entry, { version }),
    writeGeoRss(product.geometry),
    writeMedia(entry),
  );
}

function recordHref(entry: ProductEntry, form: 'atom' | 'om', recordSchema = 'om'): string {
  const { parentIdentifier, identifier, mirror } = entry;
  return searchHref(mirror, [
    ['httpAccept', FORM_TYPES[form]],
    ['parentIdentifier', parentIdentifier],
    ['uid', identifier],
    ['recordSchema', recordSchema],
  ]);
}

function entryLinks(entry: ProductEntry): readonly XmlMarkup[] {
  const { product, mirror, parentIdentifier, downloadHref, quicklookHref } = entry;
  const description = descriptionHref(mirror, parentIdentifier);
  const link = (rel: string, href: string, type: string, title: string): XmlMarkup =>
    el('link', { href, rel, type, title });
  return [
    link('alternate', recordHref(entry, 'atom'), FORM_TYPES.atom, 'Atom format'),
    link('alternate', recordHref(entry, 'om', 'om10'), `${OM_TYPE}/1.0`, 'O&M 1.0 metadata'),
    link('alternate', recordHref(entry, 'om'), `${OM_TYPE}/1.1`, 'O&M 1.1 metadata'),
    link('alternate', productLinks(product, mirror).item, FORM_TYPES.geojson, 'STAC Item'),
    link('up', description, DESCRIPTION_TYPE, 'Search of the collection'),
    ...(quicklookHref === undefined ? [] : [link('icon', quicklookHref, 'image/jpeg', 'Quick-look')]),
    ...(downloadHref === undefined ? [] : [writeEnclosure(downloadHref, product.content?.size)]),
  ];
}

/** The one element code-de-query-download.sh reads: `link[@title="Download"]/@href`. */
function writeEnclosure(href: string, length: number | undefined): XmlMarkup {
  return el('link', { href, rel: 'enclosure', title: 'Download', type: 'application/x-binary', length });
}

/** GeoRSS Simple: outer rings and the box; no box across the antimeridian, which GeoRSS cannot say. */
function writeGeoRss(geometry: Geometry | null): readonly XmlMarkup[] {
  if (geometry === null) return [];
  const rings = polygonsOf(geometry).flatMap(([outer]) => (outer === undefined ? [] : [outer]));
  const polygons = rings.map((ring) =>
    el('georss:polygon', {}, ring.map(([longitude, latitude]) => `${latitude} ${longitude}`).join(' ')),
  );
  const [west, south, east, north] = boundingBoxOf(geometry) ?? [1, 0, 0, 0];
  return west > east ? polygons : [...polygons, el('georss:box', {}, `${south} ${west} ${north} ${east}`)];
}

function writeMedia({ quicklookHref, product }: ProductEntry): XmlMarkup | undefined {
  if (quicklookHref === undefined) return undefined;
  const type = product.assets['quicklook']?.mediaType ?? 'image/jpeg';
  const category = el('media:category', { scheme: 'http://www.opengis.net/spec/EOMPOM/1.1' }, 'QUICKLOOK');
  return el('media:group', {}, el('media:content', { medium: 'image', type, url: quicklookHref }, category));
}
