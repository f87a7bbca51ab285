import type { CollectionSummary } from '#domain/ports/product-catalog.js';
import type { Product } from '#domain/product/product.js';
import { BROWSE_RENDERING } from '#domain/view/rendering.js';
import { renderingsOf } from '#domain/view/renderings-of-collection.js';
import { sceneDrawing } from '#domain/view/scene-bands.js';
import { mapApiRoot, mapHref, ogcRel, type MapPath } from '../tiles/map-link.js';
import { MEDIA_TYPES, type StacLink } from './stac-link.js';

/** Identifier of the Web Map Links extension. */
export const WEB_MAP_LINKS = 'https://stac-extensions.github.io/web-map-links/v1.2.0/schema.json';
/** The relations of the Web Map Links extension 1.2.0. */
export const MAP_RELATIONS: ReadonlySet<unknown> = new Set(['wms', 'wmts', 'xyz', 'tilejson', '3d-tiles', 'pmtiles']);

/** Layers, and the acquisitions of them that are meant. */
interface MapView {
  readonly layers: readonly string[];
  /** As the dimension TIME is written: an instant or a range; without it the newest. */
  readonly time?: string;
}

/** Web Map Links extension 1.2.0 and OGC API Tiles: what can be drawn has a layer, its collection, at its time, and tiles of its own. */
export function itemMapLinks(product: Product, address: string): readonly StacLink[] {
  if (!isDrawable(product)) return [];
  const { collection, id, acquiredFrom } = product;
  return [
    ...serviceLinks({ layers: [collection], time: wholeSecond(acquiredFrom) }, address),
    ...xyzLinks(`${address}/tiles/${encodeURIComponent(collection)}/items/${encodeURIComponent(id)}/default`),
    tilesetsLink({ collection, item: id }, address),
  ];
}

/** The same of a collection with products that can be drawn in ways of its own. */
export function collectionMapLinks({ collection, count }: CollectionSummary, address: string): readonly StacLink[] {
  if (count === 0 || renderingsOf(collection.id)[0] === BROWSE_RENDERING) return [];
  const { id } = collection;
  return [
    ...serviceLinks({ layers: [id] }, address),
    ...xyzLinks(`${address}/tiles/${encodeURIComponent(id)}/default`),
    tilesetsLink({ collection: id }, address),
  ];
}

/** The same of the items of a page: the layers of those that can be drawn, from the first to the last acquisition among them; tiles of all that match where the search is in the address. */
export function pageMapLinks(products: readonly Product[], address: string, url?: string): readonly StacLink[] {
  const drawable = products.filter(isDrawable);
  if (drawable.length === 0) return [];
  const times = drawable.map(({ acquiredFrom }) => acquiredFrom.getTime()).toSorted((a, b) => a - b);
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const layers = [...new Set(drawable.map(({ collection }) => collection))].toSorted();
  const time = `${wholeSecond(new Date(first))}/${wholeSecond(new Date(last))}`;
  const search = url === undefined ? undefined : tileSearch(url, layers);
  return [
    ...serviceLinks({ layers, time }, address),
    ...(search === undefined ? [] : xyzLinks(`${address}/tiles/search/default`, search)),
  ];
}

/** The links of a catalogue's landing page: where maps and tiles begin. */
export function landingMapLinks(address: string): readonly StacLink[] {
  const root = mapApiRoot(address);
  return [
    { rel: 'related', href: root, type: MEDIA_TYPES.json, title: 'OGC API Tiles and Maps' },
    tilesetsLink({}, address),
    {
      rel: ogcRel('tiling-schemes'),
      href: `${root}/tileMatrixSets`,
      type: MEDIA_TYPES.json,
      title: 'Tile matrix sets',
    },
  ];
}

function isDrawable(product: Product): boolean {
  return renderingsOf(product.collection).some((rendering) => sceneDrawing(product, rendering) !== undefined);
}

function serviceLinks({ layers, time }: MapView, address: string): readonly StacLink[] {
  const dimensions = time === undefined ? undefined : { TIME: time };
  const type = 'image/png';
  return [
    {
      rel: 'wms',
      href: `${address}/wms`,
      type,
      title: 'Web Map Service',
      'wms:layers': layers,
      ...(dimensions && { 'wms:dimensions': dimensions }),
    },
    {
      rel: 'wmts',
      href: `${address}/wmts`,
      type,
      title: 'Web Map Tile Service',
      'wmts:layer': layers,
      ...(dimensions && { 'wmts:dimensions': dimensions }),
    },
  ];
}

function xyzLinks(folder: string, search?: string): readonly StacLink[] {
  const query = search === undefined ? '' : `?${search}`;
  return [
    { rel: 'xyz', href: `${folder}/{z}/{x}/{y}.png${query}`, type: 'image/png', title: 'Tiles' },
    { rel: 'tilejson', href: `${folder}/tilejson.json${query}`, type: MEDIA_TYPES.json, title: 'TileJSON' },
  ];
}

function tilesetsLink(path: MapPath, address: string): StacLink {
  const href = `${mapHref(mapApiRoot(address), path)}/tiles`;
  return { rel: ogcRel('tilesets-map'), href, type: MEDIA_TYPES.json, title: 'Map tilesets' };
}

/** What a page is of besides what it is a search for. */
const PAGING = ['limit', 'token', 'sortby', 'fields', 'f', 'crs'];
const LONGEST = 4000;
/** Most collections drawn into one tile. */
const MOST_LAYERS = 10;

/** The search of a page's address as that of tiles; undefined where tiles cannot be asked for so. */
function tileSearch(url: string, layers: readonly string[]): string | undefined {
  const { pathname, searchParams } = new URL(url);
  const within = /\/collections\/([^/]+)\/items$/.exec(pathname)?.[1];
  const query = new URLSearchParams([...searchParams].filter(([name]) => !PAGING.includes(name)));
  if (within !== undefined) query.set('collections', decodeURIComponent(within));
  if (!query.has('collections')) query.set('collections', layers.join(','));
  const isTooMuch = query.get('collections')!.split(',').length > MOST_LAYERS || query.toString().length > LONGEST;
  return isTooMuch || query.has('bbox-crs') ? undefined : query.toString();
}

/** TIME at this accuracy is the whole second; some clients cannot read more digits. */
function wholeSecond(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
