import { el, type XmlMarkup } from '../xml/xml-element.js';
import { writeXml } from '../xml/write-xml.js';
import { writeAtomEntry } from './atom-entry.js';
import { FORM_TYPES, pageLinks, totalOf, type ResultPage } from './result-page.js';
import { NAMESPACES, SEARCH_PARAMETERS } from './search-parameters.js';

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

/** A page of results as an Atom feed (RFC 4287) with the OpenSearch response elements, in the shape of CODE-DE's. */
export function writeAtomFeed(page: ResultPage): string {
  const { mirror, request, now, entries } = page;
  const feed = el(
    'feed',
    DECLARATIONS,
    el('author', {}, el('name', {}, mirror.name)),
    el('generator', {}, 'Frombork'),
    el('id', {}, `${mirror.address}/opensearch/request`),
    el('title', {}, `${mirror.name} OpenSearch - Search Response`),
    el('updated', {}, now.toISOString()),
    feedLinks(page),
    writeTotals(page),
    el('os:itemsPerPage', {}, request.count),
    writeQuery(page),
    entries.map((entry) => writeAtomEntry(entry, mirror)),
  );
  return writeXml(feed);
}

function feedLinks(page: ResultPage): readonly XmlMarkup[] {
  const { address } = page.mirror;
  const parent = page.request.given.get('parentIdentifier');
  const query = parent === undefined ? '' : `?${new URLSearchParams({ parentIdentifier: parent }).toString()}`;
  const pages = Object.entries(pageLinks(page)).map(([rel, href]: [string, string]) =>
    el('link', { href, rel, type: FORM_TYPES.atom }),
  );
  const description = `${address}/opensearch/description.xml${query}`;
  return [...pages, el('link', { href: description, rel: 'search', type: 'application/opensearchdescription+xml' })];
}

function writeTotals(page: ResultPage): readonly (XmlMarkup | undefined)[] {
  const { count, offset } = page.request;
  const total = totalOf(page);
  return [
    total === undefined ? undefined : el('os:totalResults', {}, total),
    el('os:startIndex', {}, offset + 1),
    count > 0 && offset % count === 0 ? el('os:startPage', {}, offset / count + 1) : undefined,
  ];
}

/** What was asked, by the terms' qualified names. */
function writeQuery({ request }: ResultPage): XmlMarkup {
  const asked = SEARCH_PARAMETERS.flatMap(({ name, term }) => {
    const value = request.given.get(name);
    return value === undefined ? [] : [[term, value] as const];
  });
  return el('os:Query', { ...Object.fromEntries(asked), 'os:count': request.count, role: 'request' });
}
