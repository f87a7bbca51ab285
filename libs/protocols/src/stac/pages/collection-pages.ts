import { boundingBoxArea } from '#domain/geometry/bounding-box.js';
import { html, type Html } from '../../html/html.js';
import { footprintMap } from './footprint-map.js';
import { hrefOf, type PageCollection, type PageDocument } from './page-document.js';
import { facts, link } from './page-shell.js';
import { textOf } from './page-values.js';

const IN_CATALOG = new Set(['child', 'item']);

/** What a catalog says: the collections or items there are, and where to go on. */
export function landingBody({ description, links = [] }: PageDocument): Html {
  const contents = links.filter(({ rel }) => IN_CATALOG.has(rel));
  const others = links.filter(
    ({ rel, method }) => !['self', 'root'].includes(rel) && !IN_CATALOG.has(rel) && method !== 'POST',
  );
  const isLanding = links.some(({ rel }) => rel === 'data');
  return html`<p>${description}</p>
    <h2>${isLanding ? 'Collections' : 'In it'}</h2>
    <ul>
      ${contents.map(({ href, title }) => html`<li><a href="${link(href)}">${title ?? href}</a></li>`)}
    </ul>
    <h2>More</h2>
    <ul>
      ${others.map(({ href, title, rel }) => html`<li><a href="${link(href)}">${title ?? rel}</a></li>`)}
    </ul>`;
}

/** The conformance classes. */
export function conformanceBody({ conformsTo = [] }: PageDocument): Html {
  return html`<ul>
    ${conformsTo.map((uri) => html`<li><a href="${link(uri)}">${uri}</a></li>`)}
  </ul>`;
}

/** The collections, one a row. */
export function collectionsBody({ collections = [], links }: PageDocument): Html {
  return html`<div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">Collection</th>
            <th scope="col">Description</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
          </tr>
        </thead>
        <tbody>
          ${collections.map(collectionRow)}
        </tbody>
      </table>
    </div>
    ${pageLinks(links)}`;
}

function collectionRow(collection: PageCollection): Html {
  const [from, to] = collection.extent?.temporal?.interval?.[0] ?? [];
  return html`<tr>
    <td><a href="${link(hrefOf(collection.links, 'self') ?? '#')}">${collection.title ?? collection.id}</a></td>
    <td>${collection.description}</td>
    <td>${from?.slice(0, 10)}</td>
    <td>${to?.slice(0, 10)}</td>
  </tr>`;
}

/** One collection: what it is, where and when, and where its items are. */
export function collectionBody(collection: PageCollection): Html {
  const { description, links = [] } = collection;
  const items = hrefOf(links, 'items');
  return html`<p>${description}</p>
    ${items !== undefined && html`<p class="panel"><a href="${link(items)}">Items of this collection</a></p>`}
    ${boxMap(collection)}
    <h2>Facts</h2>
    ${collectionFacts(collection)}
    <h2>More</h2>
    <ul>
      ${links
        .filter(({ rel }) => !['self', 'root', 'parent', 'items', 'alternate'].includes(rel))
        .map(({ href, title, rel }) => html`<li><a href="${link(href)}">${title ?? rel}</a></li>`)}
    </ul>`;
}

function collectionFacts({ keywords, license, providers = [], extent, summaries = {} }: PageCollection): Html {
  const [from, to] = extent?.temporal?.interval?.[0] ?? [];
  return facts([
    ['Acquired from', from ?? undefined],
    ['Acquired to', to ?? undefined],
    ['Licence', license],
    ['Keywords', keywords?.join(', ')],
    ...Object.entries(summaries).map(([name, value]) => [name, textOf(value)] as const),
    ['Providers', providers.map(providerOf)],
  ]);
}

function providerOf({ name, url, roles = [] }: NonNullable<PageCollection['providers']>[number]): Html {
  const named = url === undefined ? name : html`<a href="${link(url)}">${name}</a>`;
  return html`<div>${named} <span class="soft">${roles.join(', ')}</span></div>`;
}

function boxMap({ extent, title = '' }: PageCollection): Html | undefined {
  const [west, south, east, north] = extent?.spatial?.bbox?.[0] ?? [];
  if (west === undefined || south === undefined || east === undefined || north === undefined) return undefined;
  return footprintMap([{ title, geometry: boundingBoxArea([west, south, east, north]) }]);
}

/** To the page before and after this one. */
export function pageLinks(links: PageDocument['links']): Html | undefined {
  const [before, after] = [hrefOf(links, 'prev'), hrefOf(links, 'next')];
  if (before === undefined && after === undefined) return undefined;
  return html`<nav class="pages" aria-label="Pages">
    ${before !== undefined && html`<a rel="prev" href="${link(before)}">← Previous page</a>`}
    ${after !== undefined && html`<a rel="next" href="${link(after)}">Next page →</a>`}
  </nav>`;
}
