import { polygonsOf } from '../om/footprint.js';
import type { ProductEntry } from '../opensearch/product-entry.js';
import { writeXml } from '../xml/write-xml.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';
import { restoHref } from './resto-feature.js';
import { restoLinks, type RestoPage } from './resto-page.js';

const NAMESPACES = {
  xmlns: 'http://www.w3.org/2005/Atom',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:georss': 'http://www.georss.org/georss',
  'xmlns:gml': 'http://www.opengis.net/gml',
  'xmlns:os': 'http://a9.com/-/spec/opensearch/1.1/',
};

/** A page of results as resto's Atom feed: `georss:polygon` in latitude longitude, `gml:coordinates` in longitude,latitude. */
export function writeRestoAtom(page: RestoPage, now: Date): string {
  const { request, matched, mirror, entries, collection } = page;
  const links = restoLinks(page, 'atom');
  return writeXml(
    el(
      'feed',
      NAMESPACES,
      el('title', {}, `${mirror.name}${collection === undefined ? '' : ` ${collection}`}`),
      el('id', {}, links[0]?.href),
      el('generator', {}, 'Frombork'),
      el('author', {}, el('name', {}, mirror.name)),
      el('updated', {}, now.toISOString()),
      links.map(({ rel, type, href }) => el('link', { rel, type, href })),
      matched !== undefined && el('os:totalResults', {}, matched.value),
      el('os:startIndex', {}, request.offset + 1),
      el('os:itemsPerPage', {}, entries.length),
      entries.map(writeEntry),
    ),
  );
}

function writeEntry(entry: ProductEntry): XmlMarkup {
  const { product, collection, quicklookHref } = entry;
  const updated = product.updated ?? product.published ?? product.acquiredTo;
  const dates = `${product.acquiredFrom.toISOString()}/${product.acquiredTo.toISOString()}`;
  return el(
    'entry',
    {},
    el('id', {}, product.uuid),
    el('dc:identifier', {}, product.uuid),
    el('title', {}, product.id),
    el('published', {}, (product.published ?? updated).toISOString()),
    el('updated', {}, updated.toISOString()),
    el('dc:date', {}, dates),
    el('link', { rel: 'alternate', type: 'application/json', href: restoHref(entry, '.json') }),
    product.content && writeEnclosure(entry, product.content.mediaType, product.content.size),
    quicklookHref !== undefined &&
      el('link', { rel: 'icon', type: 'image/jpeg', title: 'Browse', href: quicklookHref }),
    writeArea(entry),
    el('summary', { type: 'text' }, `${collection.title}, acquired ${dates}`),
  );
}

function writeEnclosure(entry: ProductEntry, type: string, length: number): XmlMarkup {
  return el('link', {
    rel: 'enclosure',
    type,
    length,
    title: entry.product.content?.fileName,
    href: restoHref(entry, '/download'),
  });
}

function writeArea({ product }: ProductEntry): readonly XmlMarkup[] {
  const rings =
    product.geometry === null
      ? []
      : polygonsOf(product.geometry).flatMap(([outer]) => (outer === undefined ? [] : [outer]));
  return rings.flatMap((ring) => [
    el('georss:polygon', {}, ring.map(([longitude, latitude]) => `${latitude} ${longitude}`).join(' ')),
    el(
      'georss:where',
      {},
      el(
        'gml:Polygon',
        { srsName: 'EPSG:4326' },
        el(
          'gml:outerBoundaryIs',
          {},
          el('gml:LinearRing', {}, el('gml:coordinates', {}, ring.map(([x, y]) => `${x},${y}`).join(' '))),
        ),
      ),
    ),
  ]);
}
