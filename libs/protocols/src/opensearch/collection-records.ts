import { boundingBoxArea } from '#domain/geometry/bounding-box.js';
import type { CollectionSummary } from '#domain/ports/product-catalog.js';
import type { Mirror } from '../links/product-links.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';
import { DESCRIPTION_TYPE, descriptionHref } from './description-href.js';
import { writeParentIdentifier } from './product-identifier.js';
import { searchHref } from './product-entry.js';
import { FORM_TYPES } from './response-form.js';

/** What both forms of a collection's record say. */
interface CollectionRecord {
  readonly identifier: string;
  readonly self: (form: 'atom' | 'geojson') => string;
  readonly description: string;
  readonly item: string;
  readonly date: string;
}

function recordOf({ collection, acquiredFrom, acquiredTo }: CollectionSummary, mirror: Mirror): CollectionRecord {
  const identifier = writeParentIdentifier(mirror.name, collection.shortName);
  const begin = acquiredFrom ?? new Date(collection.temporalStart);
  return {
    identifier,
    self: (form) =>
      searchHref(
        mirror,
        [
          ['httpAccept', FORM_TYPES[form]],
          ['uid', identifier],
        ],
        'collections',
      ),
    description: descriptionHref(mirror, identifier),
    item: `${mirror.address}/stac/collections/${encodeURIComponent(collection.id)}`,
    date: `${begin.toISOString()}/${acquiredTo?.toISOString() ?? ''}`,
  };
}

/** A collection as an Atom entry whose `rel="search"` link leads to the search of its products (CEOS-BP-001, -011, -013B). */
export function writeCollectionEntry(summary: CollectionSummary, mirror: Mirror, now: Date): XmlMarkup {
  const { collection, acquiredTo } = summary;
  const record = recordOf(summary, mirror);
  const [west, south, east, north] = summary.bbox ?? collection.bbox;
  const link = (rel: string, href: string, type: string, title: string): XmlMarkup =>
    el('link', { href, rel, type, title });
  return el(
    'entry',
    {},
    el('id', {}, record.self('atom')),
    link('search', record.description, DESCRIPTION_TYPE, 'Search of the products'),
    link('alternate', record.self('geojson'), FORM_TYPES.geojson, 'GeoJSON'),
    link('alternate', record.item, 'application/json', 'STAC Collection'),
    link('license', collection.license.url, 'text/html', collection.license.title),
    el('title', {}, collection.title),
    el('updated', {}, (acquiredTo ?? now).toISOString()),
    el('summary', { type: 'text' }, collection.description),
    collection.keywords.map((term) => el('category', { term })),
    el('dc:identifier', {}, record.identifier),
    el('dc:date', {}, record.date),
    el('dc:publisher', {}, collection.provider.name),
    west <= east && el('georss:box', {}, `${south} ${west} ${north} ${east}`),
  );
}

/** A collection as a GeoJSON feature (OGC 17-084r1 §7) whose `search` link leads to the search of its products. */
export function writeCollectionFeature(summary: CollectionSummary, mirror: Mirror): object {
  const { collection, bbox = collection.bbox, acquiredTo, count } = summary;
  const record = recordOf(summary, mirror);
  return {
    type: 'Feature',
    id: record.self('geojson'),
    bbox,
    geometry: boundingBoxArea(bbox),
    properties: {
      kind: 'http://purl.org/dc/dcmitype/Collection',
      title: collection.title,
      identifier: record.identifier,
      abstract: collection.description,
      keyword: collection.keywords,
      date: record.date,
      ...(acquiredTo === undefined ? {} : { updated: acquiredTo.toISOString() }),
      numberOfProducts: count,
      license: collection.license.id,
      links: {
        search: [{ href: record.description, type: DESCRIPTION_TYPE, title: 'Search of the products' }],
        alternates: [{ href: record.item, type: 'application/json', title: 'STAC Collection' }],
      },
    },
  };
}
