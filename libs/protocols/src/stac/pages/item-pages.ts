import { html, type Html } from '../../html/html.js';
import type { StacAsset } from '../item-assets.js';
import { pageLinks } from './collection-pages.js';
import { footprintMap } from './footprint-map.js';
import { hrefOf, type PageDocument, type PageItem } from './page-document.js';
import { facts, link } from './page-shell.js';
import { minuteOf, sizeOf, textOf } from './page-values.js';

interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
}

const FIELDS: readonly Field[] = [
  { name: 'bbox', label: 'Area', hint: 'west,south,east,north' },
  { name: 'datetime', label: 'Time', hint: '2024-06-01T00:00:00Z/..' },
  { name: 'platform', label: 'Platform', hint: 'sentinel-2a' },
  { name: 'q', label: 'Words', hint: 'of the name and description' },
  { name: 'filter', label: 'Filter (CQL2)', hint: 'eo:cloud_cover < 10' },
  { name: 'sortby', label: 'Sorted by', hint: '-datetime' },
  { name: 'limit', label: 'Items on a page', hint: '100' },
];

/** A page of items: a form to search by, a map of their footprints, a row each, and where to go on. */
export function itemsBody(document: PageDocument, url: URL): Html {
  const { features = [], links, numberMatched } = document;
  const count = numberMatched === undefined ? `${features.length} items on this page` : `${numberMatched} items found`;
  return html`${searchForm(url)}
    <p role="status">${count}${numberMatched === undefined ? '' : `, ${features.length} on this page`}</p>
    ${footprintMap(features.flatMap(outlineOf))}
    ${features.length === 0 ? html`<p class="panel">Nothing was found.</p>` : itemTable(features)} ${pageLinks(links)}`;
}

/** What is asked for already stands in the form; what it has no field for is kept hidden. */
function searchForm(url: URL): Html {
  const known = new Set(FIELDS.map(({ name }) => name));
  const kept = [...url.searchParams].filter(([name]) => !known.has(name) && name !== 'token' && name !== 'f');
  return html`<form method="get" action="${url.pathname}" role="search">
    ${FIELDS.map(
      ({ name, label, hint }) =>
        html`<label
          >${label}<small>${hint}</small><input name="${name}" value="${url.searchParams.get(name) ?? ''}"
        /></label>`,
    )}
    ${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <input type="hidden" name="f" value="html" />
    <button type="submit">Search</button>
  </form>`;
}

function outlineOf({ id = '', geometry, links }: PageItem): readonly Parameters<typeof footprintMap>[0][number][] {
  return geometry ? [{ title: id, geometry, href: hrefOf(links, 'self') }] : [];
}

function itemTable(items: readonly PageItem[]): Html {
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          <th scope="col">Picture</th>
          <th scope="col">Item</th>
          <th scope="col">Acquired</th>
          <th scope="col">Platform</th>
          <th scope="col" class="number">Cloud</th>
        </tr>
      </thead>
      <tbody>
        ${items.map(itemRow)}
      </tbody>
    </table>
  </div>`;
}

function itemRow({ id, links, properties = {}, assets = {} }: PageItem): Html {
  const picture = pictureOf(assets);
  const cover = properties['eo:cloud_cover'];
  return html`<tr>
    <td>${picture !== undefined && html`<img class="small" src="${link(picture.href)}" alt="" loading="lazy" />`}</td>
    <td><a href="${link(hrefOf(links, 'self') ?? '#')}">${id}</a></td>
    <td>${minuteOf(properties['datetime'])}</td>
    <td>${textOf(properties['platform'])}</td>
    <td class="number">${typeof cover === 'number' && `${Math.round(cover)} %`}</td>
  </tr>`;
}

/** One item: its picture and place, its properties, its files to download and its links. */
export function itemBody({ id = '', geometry, properties = {}, assets = {}, links = [] }: PageItem): Html {
  const picture = pictureOf(assets);
  return html`<div class="two">
      ${picture !== undefined && html`<img src="${link(picture.href)}" alt="Quick-look of ${id}" />`}
      ${geometry ? footprintMap([{ title: id, geometry }]) : html`<p class="panel">It has no footprint.</p>`}
    </div>
    <h2>Files</h2>
    ${assetTable(assets)}
    <h2>Properties</h2>
    ${facts(Object.entries(properties).map(([name, value]) => [name, textOf(value)] as const))}
    <h2>Links</h2>
    <ul>
      ${links
        .filter(({ rel }) => !['self', 'root', 'parent', 'alternate'].includes(rel))
        .map(({ href, title, rel }) => html`<li><a href="${link(href)}">${title ?? rel}</a></li>`)}
    </ul>`;
}

function assetTable(assets: Readonly<Record<string, StacAsset>>): Html {
  const rows = Object.entries(assets);
  if (rows.length === 0) return html`<p class="panel">The mirror holds no files of it.</p>`;
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col">Title</th>
          <th scope="col">Type</th>
          <th scope="col">Roles</th>
          <th scope="col" class="number">Size</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([key, asset]) =>
            html`<tr>
              <td><a href="${link(asset.href)}">${key}</a></td>
              <td>${textOf(asset['title'])}</td>
              <td>${textOf(asset['type'])}</td>
              <td>${textOf(asset['roles'])}</td>
              <td class="number">${sizeOf(asset['file:size'])}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const PICTURES = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif']);

function pictureOf(assets: Readonly<Record<string, StacAsset>>): StacAsset | undefined {
  return Object.values(assets).find(({ type, roles }) => {
    const isSmall = Array.isArray(roles) && (roles.includes('thumbnail') || roles.includes('overview'));
    return isSmall && PICTURES.has(String(type));
  });
}
