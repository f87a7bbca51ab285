import { el, type XmlMarkup } from '../xml/xml-element.js';
import { writeXml } from '../xml/write-xml.js';
import { writeAtomEntry } from './atom-entry.js';
import { DESCRIPTION_TYPE, descriptionHref } from './description-href.js';
import { FORM_TYPES } from './response-form.js';
import { askedTerms, pageLinks, totalOf, type PagedResult, type ResultPage } from './result-page.js';
import { NAMESPACES } from './search-parameters.js';

/** Namespaces of the feed; declared here, so that no element scripts pick carries a declaration of its own. */
const DECLARATIONS = {
  xmlns: 'http://www.w3.org/2005/Atom',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:georss': 'http://www.georss.org/georss',
  'xmlns:media': 'http://search.yahoo.com/mrss/',
  'xmlns:os': NAMESPACES.os,
  'xmlns:eo': NAMESPACES.eo,
  'xmlns:geo': NAMESPACES.geo,
  'xmlns:time': NAMESPACES.time,
  'xmlns:sru': NAMESPACES.sru,
  'xmlns:frombork': NAMESPACES.frombork,
};

/** A page of products as an Atom feed (RFC 4287) with the OpenSearch response elements, in the shape of CODE-DE's. */
export function writeAtomFeed(page: ResultPage): string {
  return writeFeed(
    page,
    page.entries.map((entry) => writeAtomEntry(entry, page.request.omVersion)),
  );
}

/** A feed of whatever entries a page has. */
export function writeFeed(page: PagedResult, entries: readonly XmlMarkup[]): string {
  const { mirror, request, now, step = 'request' } = page;
  const feed = el(
    'feed',
    DECLARATIONS,
    el('author', {}, el('name', {}, mirror.name)),
    el('generator', {}, 'Frombork'),
    el('id', {}, `${mirror.address}/opensearch/${step}`),
    el('title', {}, `${mirror.name} OpenSearch - Search Response`),
    el('updated', {}, now.toISOString()),
    feedLinks(page),
    writeTotals(page),
    el('os:itemsPerPage', {}, request.count),
    el('os:Query', { ...askedTerms(page), 'os:count': request.count, role: 'request' }),
    entries,
  );
  return writeXml(feed);
}

function feedLinks(page: PagedResult): readonly XmlMarkup[] {
  const { mirror, request } = page;
  const pages = Object.entries(pageLinks(page)).map(([rel, href]: [string, string]) =>
    el('link', { href, rel, type: FORM_TYPES.atom }),
  );
  const description = descriptionHref(mirror, request.given.get('parentIdentifier'));
  return [...pages, el('link', { href: description, rel: 'search', type: DESCRIPTION_TYPE })];
}

function writeTotals(page: PagedResult): readonly (XmlMarkup | undefined)[] {
  const { count, offset } = page.request;
  const total = totalOf(page);
  return [
    total === undefined ? undefined : el('os:totalResults', {}, total),
    el('os:startIndex', {}, offset + 1),
    count > 0 && offset % count === 0 ? el('os:startPage', {}, offset / count + 1) : undefined,
  ];
}
