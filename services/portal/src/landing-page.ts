import type { CollectionSummary } from '#domain/ports/product-catalog.js';
import { ASSET_KEYS } from '#domain/product/asset.js';
import type { Product } from '#domain/product/product.js';
import { Html, html } from '#protocols/html/html.js';
import type { ArchiveOverview } from './read-archive.js';
import { usageExamples, type UsageExample } from './usage-examples.js';

/** Policy of the page: everything from this host, no inline script or style. */
export const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Told apart on the map and by people who do not see red and green. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#7a4fbf', '#8a6d3b'];

/** What the page needs to know besides the archive. */
export interface LandingFacts {
  /** Public address, without trailing slash. */
  readonly origin: string;
  /** Short name of the mirror. */
  readonly mirror: string;
}

/** Writes the landing page: what is in the archive, where, the newest products, how to use them. */
export function writeLandingPage(archive: ArchiveOverview, facts: LandingFacts): string {
  const collections = archive.collections.map((summary, index) => ({
    summary,
    colour: COLOURS[index % COLOURS.length] ?? '',
  }));
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${facts.mirror} · Copernicus mirror</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/portal/leaflet.css" />
        <link rel="stylesheet" href="/portal/portal.css" />
        <script src="/portal/leaflet.js" defer></script>
        <script src="/portal/portal.js" defer></script>
      </head>
      <body>
        ${header(archive, facts)}
        <main class="wrap">
          ${mapPanel(collections, archive.newest)}
          <h2>Collections</h2>
          ${collectionTable(archive.collections)}
          <h2>Newest products</h2>
          ${newestProducts(archive.newest)}
          <h2>Use it</h2>
          <div class="uses">${usageExamples(facts.origin, archive.newest).map(usage)}</div>
        </main>
        ${footer()}
        <script type="application/json" id="archive">
          ${dataOf(archive, collections)}
        </script>
      </body>
    </html>`;
  return `${page.text}\n`;
}

function footer(): Html {
  return html`<footer class="wrap">
    <a href="/stac">STAC API</a><a href="/csw">CSW</a><a href="/opensearch">OpenSearch</a><a href="/odata/v1">OData</a
    ><a href="/oai?verb=Identify">OAI-PMH</a><a href="/wms?SERVICE=WMS&amp;REQUEST=GetCapabilities">WMS</a
    ><a href="/wmts?SERVICE=WMTS&amp;REQUEST=GetCapabilities">WMTS</a
    ><a href="/wcs?SERVICE=WCS&amp;REQUEST=GetCapabilities">WCS</a><a href="/dl/">All files</a
    ><a href="/openapi.json">OpenAPI</a><a href="/health/ready">Health</a>
    <p>Contains Copernicus Sentinel data; free, full and open under the Copernicus Sentinel data legal notice.</p>
  </footer>`;
}

interface ColouredCollection {
  readonly summary: CollectionSummary;
  readonly colour: string;
}

/** JSON inside a script element: only the end of the element could break out of it. */
function dataOf(archive: ArchiveOverview, collections: readonly ColouredCollection[]): Html {
  const data = {
    bbox: archive.bbox,
    collections: collections.map(({ summary, colour }) => ({ id: summary.collection.id, colour })),
  };
  return new Html(JSON.stringify(data).replace(/</g, '\\u003c'));
}

function header({ collections, total }: ArchiveOverview, { mirror }: LandingFacts): Html {
  const days = collections.flatMap(({ acquiredTo }) => (acquiredTo ? [acquiredTo.getTime()] : []));
  return html`<header class="top">
    <div class="wrap">
      <div class="brand">
        <h1><span>✦</span> ${mirror}</h1>
        <p>A Copernicus mirror: Sentinel products to find, see and download.</p>
      </div>
      <dl class="figures">
        <div>
          <dt>products</dt>
          <dd>${total.toLocaleString('en')}</dd>
        </div>
        <div>
          <dt>collections</dt>
          <dd>${collections.length}</dd>
        </div>
        ${
          days.length > 0 &&
          html`<div>
            <dt>newest acquisition</dt>
            <dd>${day(new Date(Math.max(...days)))}</dd>
          </div>`
        }
      </dl>
    </div>
  </header>`;
}

const SELECTED = new Html('selected');

/** The first imagery shown is of the newest product that can be drawn. */
function mapPanel(collections: readonly ColouredCollection[], newest: readonly Product[]): Html {
  const shown = newest.find(({ assets }) => assets[ASSET_KEYS.browse]?.location !== undefined)?.collection;
  return html`<section class="panel map-panel">
    <div id="map" role="application" aria-label="Map of product footprints"></div>
    <div class="side">
      <h3>Footprints</h3>
      ${collections.map(
        ({ summary: { collection, count }, colour }) =>
          html`<label
            ><input type="checkbox" name="collection" value="${collection.id}" checked /><span
              class="swatch"
              data-colour="${colour}"
            ></span
            ><span>${collection.title} <span class="soft">${count.toLocaleString('en')}</span></span></label
          >`,
      )}
      <h3>Imagery</h3>
      <select id="imagery" aria-label="Imagery under the footprints">
        <option value="">none</option>
        ${collections.map(
          ({ summary: { collection } }) =>
            html`<option value="${collection.id}" ${collection.id === shown && SELECTED}>${collection.title}</option>`,
        )}
      </select>
      <h3>Day</h3>
      <input type="date" id="day" aria-label="Day of acquisition, UTC" />
      <p class="state" id="state" role="status"></p>
    </div>
  </section>`;
}

function collectionTable(collections: readonly CollectionSummary[]): Html {
  if (collections.length === 0) {
    return html`<div class="panel empty">
      The archive is empty. Add products with <code>npx frombork ingest</code>.
    </div>`;
  }
  return html`<div class="panel">
    <table>
      <tr>
        <th>Collection</th>
        <th>Identifier</th>
        <th class="number">Products</th>
        <th>From</th>
        <th>To</th>
      </tr>
      ${collections.map(
        ({ collection, count, acquiredFrom, acquiredTo }) =>
          html`<tr>
            <td><a href="/dl/${encodeURIComponent(collection.id)}/">${collection.title}</a></td>
            <td><code>${collection.id}</code></td>
            <td class="number">${count.toLocaleString('en')}</td>
            <td>${acquiredFrom && day(acquiredFrom)}</td>
            <td>${acquiredTo && day(acquiredTo)}</td>
          </tr>`,
      )}
    </table>
  </div>`;
}

function newestProducts(newest: readonly Product[]): Html {
  if (newest.length === 0) return html`<div class="panel empty">Nothing has been published yet.</div>`;
  return html`<ul class="scenes">
    ${newest.map(scene)}
  </ul>`;
}

function scene(product: Product): Html {
  const path = `/dl/${encodeURIComponent(product.collection)}/${encodeURIComponent(product.id)}/`;
  const { cloudCover } = product.properties;
  const cloud = typeof cloudCover === 'number' ? ` · ${Math.round(cloudCover)} % cloud` : '';
  const hasPicture = product.assets[ASSET_KEYS.quicklook]?.location !== undefined;
  return html`<li class="panel scene">
    <a class="picture" href="${path}"
      >${hasPicture ? html`<img src="${path}asset/${ASSET_KEYS.quicklook}" alt="" loading="lazy" />` : 'no quick-look'}</a
    >
    <div class="text">
      <b>${product.id}</b>
      <p>${product.acquiredFrom.toISOString().slice(0, 16).replace('T', ' ')} UTC${cloud}</p>
      <p><a href="${path}">${product.content ? 'Download' : 'Files'}</a>${size(product)}</p>
    </div>
  </li>`;
}

function size(product: Product): string {
  const bytes = product.content?.size;
  if (bytes === undefined) return product.online === 'metadata-only' ? ' · metadata only' : '';
  return bytes < 1e6 ? ` · ${Math.ceil(bytes / 1e3)} kB` : ` · ${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

function usage({ title, text, command }: UsageExample): Html {
  const block = new Html(`<pre>${html`${command}`.text}</pre>`);
  return html`<section class="panel use">
    <h3>${title}</h3>
    <p>${text}</p>
    <div class="command">${block}<button type="button">Copy</button></div>
  </section>`;
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
