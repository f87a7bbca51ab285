import { html, type Html } from '../../html/html.js';
import { collectionBody, collectionsBody, conformanceBody, landingBody } from './collection-pages.js';
import { itemBody, itemsBody } from './item-pages.js';
import { hrefOf, type PageDocument } from './page-document.js';
import { writeShell, type Page } from './page-shell.js';

interface Form {
  readonly title: string;
  readonly body: Html;
}

/** Most characters of a document without a page of its own that are shown. */
const MOST_SHOWN = 200_000;

/** Writes any document of the STAC API as a page for people; `path` is that of the request, with its query. */
export function writePage(document: object, path: string): string {
  const url = new URL(path, 'http://localhost');
  const json = withForm(url, 'json');
  return writeShell({ ...formOf(document, url), trail: trailOf(url), json: `${json.pathname}${json.search}` });
}

/** The document with a link to itself as a page (OGC 17-069r4 §7.15.7: `alternate`), where it has links. */
export function withAlternate(document: object, path: string): object {
  const { links } = document as PageDocument;
  const self = hrefOf(links, 'self');
  if (links === undefined || self === undefined) return document;
  const { href } = withForm(new URL(path, self), 'html');
  return { ...document, links: [...links, { rel: 'alternate', href, type: 'text/html', title: 'As a page' }] };
}

/** Told apart by what a document has: `fields` may leave out the rest. */
function formOf(document: PageDocument, url: URL): Form {
  const { type, title, id = '' } = document;
  if (type === 'Catalog') return { title: title ?? id, body: landingBody(document) };
  if (type === 'Collection') return { title: title ?? id, body: collectionBody(document) };
  if (type === 'Feature') return { title: id, body: itemBody(document) };
  if (type === 'FeatureCollection') return { title: 'Items', body: itemsBody(document, url) };
  return listOf(document);
}

function listOf(document: PageDocument): Form {
  if (document.collections !== undefined) return { title: 'Collections', body: collectionsBody(document) };
  if (document.conformsTo !== undefined) return { title: 'Conformance', body: conformanceBody(document) };
  const text = JSON.stringify(document, null, 2).slice(0, MOST_SHOWN);
  return { title: document.title ?? 'Document', body: html`<pre>${text}</pre>` };
}

/** The addresses above this one, named by their last part. */
function trailOf({ pathname }: URL): Page['trail'] {
  const parts = pathname.replace(/\/+$/, '').split('/').slice(1);
  const from = parts.lastIndexOf('stac');
  return parts.slice(0, -1).flatMap((part, index) => {
    if (index < from) return [];
    const href = `/${parts.slice(0, index + 1).join('/')}`;
    return [{ href, title: index === from ? 'STAC' : decoded(part) }];
  });
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function withForm(url: URL, form: string): URL {
  const other = new URL(url);
  other.searchParams.set('f', form);
  return other;
}
