import { ASSET_KEYS, type Asset } from '#domain/product/asset.js';
import type { Product } from '#domain/product/product.js';

/** A GeoTIFF of a product that is here. */
export interface ProductRaster {
  readonly key: string;
  readonly asset: Asset;
}

/** The GeoTIFFs of a product: its bands by name, then its browse image. */
export function rastersOf({ assets }: Product): readonly ProductRaster[] {
  const all = Object.entries(assets).map(([key, asset]) => ({ key, asset }));
  const held = all.filter(({ key, asset }) => asset.location !== undefined && isGeoTiff(key, asset));
  // The store keeps no order of assets: by name it is the same every time.
  const bands = held.filter(({ key }) => key !== ASSET_KEYS.browse).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return [...bands, ...held.filter(({ key }) => key === ASSET_KEYS.browse)];
}

function isGeoTiff(key: string, { mediaType, roles }: Asset): boolean {
  if (key === ASSET_KEYS.browse) return true;
  return mediaType?.startsWith('image/tiff') === true && !roles.includes('thumbnail');
}

/** Names of coverages are XML names (OGC 09-110r4 requirement 2). */
const XML_NAME = /^[A-Za-z_][\w.-]*$/;

/** Whether a product has a coverage and a name it can go by. */
export function hasCoverage(product: Product): boolean {
  return XML_NAME.test(product.id) && rastersOf(product).length > 0;
}

/** A coverage's identifier taken apart: that of its product, and the asset where it is one alone (`<product>.<asset>`). */
export function readCoverageId(id: string): readonly { readonly product: string; readonly asset?: string }[] {
  if (!XML_NAME.test(id) || id.length > 300) return [];
  const dot = id.lastIndexOf('.');
  return dot <= 0 ? [{ product: id }] : [{ product: id }, { product: id.slice(0, dot), asset: id.slice(dot + 1) }];
}

/** Names of a raster's fields: those the asset gives its bands, the asset's own for one band, else numbered. */
export function fieldNames({ key, asset }: ProductRaster, count: number): readonly string[] {
  const listed = asset.fields?.['bands'] ?? asset.fields?.['eo:bands'];
  const names = Array.isArray(listed) ? listed.map((band: { name?: unknown } | null) => band?.name) : [];
  const usable = names.filter((name): name is string => typeof name === 'string' && XML_NAME.test(name));
  if (usable.length === count && new Set(usable).size === count) return usable;
  if (key === ASSET_KEYS.browse) return count === 3 ? ['red', 'green', 'blue'] : numbered('grey', count);
  return numbered(XML_NAME.test(key) ? key : `band_${key.replaceAll(/[^\w.-]/g, '_')}`, count);
}

function numbered(name: string, count: number): readonly string[] {
  return count === 1 ? [name] : Array.from({ length: count }, (_, index) => `${name}_${index + 1}`);
}
