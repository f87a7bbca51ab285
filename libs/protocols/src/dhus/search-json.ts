import type { Product } from '#domain/product/product.js';
import { productRecord, writeRecordSummary, type RecordType, type RecordValue } from './product-record.js';
import { FEED_NAMESPACES } from './search-atom.js';
import { odataHref, pageLinks, pageTexts, type DhusPage } from './search-page.js';

/** JSON as DHuS makes it of its Atom: every number a text, and whatever occurs once an object, several times an array, never not there. */
export function writeSearchJson(page: DhusPage): string {
  const { search, mirror, products, total, now } = page;
  const { title, subtitle, id } = pageTexts(page);
  const startPage = search.rows === 0 ? 1 : Math.floor(search.start / search.rows) + 1;
  return JSON.stringify({
    feed: {
      ...jsonNamespaces(),
      title,
      subtitle,
      updated: now.toISOString(),
      author: { name: mirror.name },
      id,
      'opensearch:totalResults': String(total),
      ...(page.isEstimate ? { 'frombork:totalIsEstimate': 'true' } : {}),
      'opensearch:startIndex': String(search.start),
      'opensearch:itemsPerPage': String(search.rows),
      'opensearch:Query': { role: 'request', searchTerms: search.terms, startPage: String(startPage) },
      link: pageLinks(page, 'json').map(({ rel, href }) => ({
        rel,
        type: rel === 'search' ? 'application/opensearchdescription+xml' : 'application/json',
        href,
      })),
      ...oneOrMany(
        'entry',
        products.map((product) => jsonEntry(product, page)),
      ),
    },
  });
}

/** The namespace attributes, which DHuS carries over into JSON. */
export function jsonNamespaces(): Readonly<Record<string, string>> {
  return { ...FEED_NAMESPACES };
}

function jsonEntry(product: Product, { mirror }: DhusPage): Readonly<Record<string, unknown>> {
  const { uuid } = product;
  const record = productRecord(product);
  return {
    title: product.id,
    link: [
      { href: odataHref(mirror, uuid, '/$value') },
      { rel: 'alternative', href: odataHref(mirror, uuid, '/') },
      { rel: 'icon', href: odataHref(mirror, uuid, "/Products('Quicklook')/$value") },
    ],
    id: uuid,
    summary: writeRecordSummary(product),
    ondemand: 'false',
    ...valuesOf('date', record),
    ...valuesOf('int', record),
    ...valuesOf('double', record),
    ...valuesOf('str', record),
  };
}

function valuesOf(type: RecordType, record: readonly RecordValue[]): Readonly<Record<string, unknown>> {
  const values = record.filter(([of]) => of === type).map(([, name, content]) => ({ name, content }));
  return oneOrMany(type, values);
}

function oneOrMany(name: string, values: readonly unknown[]): Readonly<Record<string, unknown>> {
  if (values.length === 0) return {};
  return { [name]: values.length === 1 ? values[0] : values };
}
