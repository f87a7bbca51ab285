import type { Product } from '#domain/product/product.js';
import { el, type XmlContent, type XmlMarkup } from '../xml/xml-element.js';
import { writeXml } from '../xml/write-xml.js';
import { NAMESPACES } from '../opensearch/search-parameters.js';
import { productRecord, writeRecordSummary } from './product-record.js';
import { odataHref, pageLinks, pageTexts, type DhusPage } from './search-page.js';

/** Namespaces of a DHuS feed, also of one that holds an error. */
export const FEED_NAMESPACES = {
  'xmlns:opensearch': 'http://a9.com/-/spec/opensearch/1.1/',
  xmlns: 'http://www.w3.org/2005/Atom',
} as const;

const FROMBORK_NAMESPACE = { 'xmlns:frombork': NAMESPACES.frombork };

/** Results as Atom the way DHuS writes it, one element a line: scripts read it by line. */
export function writeSearchAtom(page: DhusPage): string {
  const { search, mirror, products, total, now } = page;
  const { title, subtitle, id } = pageTexts(page);
  const startPage = search.rows === 0 ? 1 : Math.floor(search.start / search.rows) + 1;
  return writeXml(
    lines('feed', FEED_NAMESPACES, [
      el('title', {}, title),
      el('subtitle', {}, subtitle),
      el('updated', {}, now.toISOString()),
      lines('author', {}, [el('name', {}, mirror.name)]),
      el('id', {}, id),
      el('opensearch:totalResults', {}, total),
      ...(page.isEstimate ? [el('frombork:totalIsEstimate', FROMBORK_NAMESPACE, 'true')] : []),
      el('opensearch:startIndex', {}, search.start),
      el('opensearch:itemsPerPage', {}, search.rows),
      el('opensearch:Query', { role: 'request', searchTerms: search.terms, startPage }),
      ...pageLinks(page, 'xml').map(({ rel, href }) =>
        el('link', { rel, type: rel === 'search' ? DESCRIPTION_TYPE : 'application/atom+xml', href }),
      ),
      ...products.map((product) => writeEntry(product, page)),
    ]),
  );
}

const DESCRIPTION_TYPE = 'application/opensearchdescription+xml';

function writeEntry(product: Product, { mirror }: DhusPage): XmlMarkup {
  const { uuid } = product;
  return lines('entry', {}, [
    el('title', {}, product.id),
    el('link', { href: odataHref(mirror, uuid, '/$value') }),
    el('link', { rel: 'alternative', href: odataHref(mirror, uuid, '/') }),
    el('link', { rel: 'icon', href: odataHref(mirror, uuid, "/Products('Quicklook')/$value") }),
    el('id', {}, uuid),
    el('summary', {}, writeRecordSummary(product)),
    el('ondemand', {}, 'false'),
    ...productRecord(product).map(([type, name, content]) => el(type, { name }, content)),
  ]);
}

function lines(qname: string, attributes: Readonly<Record<string, string>>, children: readonly XmlMarkup[]): XmlMarkup {
  return el(qname, attributes, '\n', ...children.flatMap((child): readonly XmlContent[] => [child, '\n']));
}
