import { ASSET_KEYS } from '#domain/product/asset.js';
import type { Product } from '#domain/product/product.js';
import type { StacLink } from './stac-link.js';

/** A way to see items on a map; in addresses `{layer}` and `{time}` are of the items, other braces are the client's to fill in. */
interface MapService {
  readonly rel: 'wms' | 'wmts' | 'xyz' | 'tilejson';
  readonly path: string;
  readonly type: string;
  readonly title: string;
}

/** What the view service answers, a line each: only what it does. */
const MAP_SERVICES: readonly MapService[] = [{ rel: 'wms', path: '/wms', type: 'image/png', title: 'Web Map Service' }];

/** The relations of the Web Map Links extension 1.2.0. */
export const MAP_RELATIONS: ReadonlySet<unknown> = new Set(['wms', 'wmts', 'xyz', 'tilejson', '3d-tiles', 'pmtiles']);

/** Layers, and the acquisitions of them that are meant. */
interface MapView {
  readonly layers: readonly string[];
  /** As the dimension TIME is written: an instant or a range. */
  readonly time: string;
}

/** The fields the extension wants of a link, by its relation. */
const FIELDS: Readonly<Record<MapService['rel'], (view: MapView) => object>> = {
  wms: ({ layers, time }) => ({ 'wms:layers': layers, 'wms:dimensions': { TIME: time } }),
  wmts: ({ layers, time }) => ({ 'wmts:layer': layers.join(','), 'wmts:dimensions': { TIME: time } }),
  xyz: () => ({}),
  tilejson: () => ({}),
};

/** Web Map Links extension 1.2.0: what can be drawn has a layer, its collection, at its time. */
export function itemMapLinks(product: Product, address: string): readonly StacLink[] {
  if (!isDrawable(product)) return [];
  return linksOf({ layers: [product.collection], time: product.acquiredFrom.toISOString() }, address);
}

/** The same of the items of a page: the layers of those that can be drawn, from the first to the last acquisition among them. */
export function pageMapLinks(products: readonly Product[], address: string): readonly StacLink[] {
  const drawable = products.filter(isDrawable);
  if (drawable.length === 0) return [];
  const times = drawable.map(({ acquiredFrom }) => acquiredFrom.getTime()).toSorted((a, b) => a - b);
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const layers = [...new Set(drawable.map(({ collection }) => collection))].toSorted();
  return linksOf({ layers, time: `${new Date(first).toISOString()}/${new Date(last).toISOString()}` }, address);
}

function isDrawable({ assets }: Product): boolean {
  return assets[ASSET_KEYS.browse] !== undefined;
}

function linksOf(view: MapView, address: string): readonly StacLink[] {
  const layer = view.layers.map(encodeURIComponent).join(',');
  return MAP_SERVICES.map(({ rel, path, type, title }) => ({
    rel,
    href: `${address}${path.replace('{layer}', layer).replace('{time}', encodeURIComponent(view.time))}`,
    type,
    title,
    ...FIELDS[rel](view),
  }));
}
