import type { Asset } from '../product/asset.js';
import type { Product } from '../product/product.js';

/** A band of a product: the raster it lies in, and which of its bands it is (0-based). */
export interface FoundBand {
  readonly asset: Asset;
  readonly band: number;
  /** What STAC says of the band (`raster:bands`, or `bands` of STAC 1.1). */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Other names of Sentinel-2 bands: their common names, which some catalogues use as asset keys. */
const ALIASES: Readonly<Record<string, string>> = {
  B01: 'coastal',
  B02: 'blue',
  B03: 'green',
  B04: 'red',
  B05: 'rededge1',
  B06: 'rededge2',
  B07: 'rededge3',
  B08: 'nir',
  B8A: 'nir08',
  B09: 'nir09',
  B11: 'swir16',
  B12: 'swir22',
};

/** Finds a band in a product's rasters of ours: by asset key (`B04`, `B04_10m`, `red`), or by the names of an asset's bands. Only GeoTIFFs of their own can be drawn from: those within a SAFE archive lie in the sensor's geometry, uncalibrated. */
export function findBand(product: Product, name: string): FoundBand | undefined {
  const rasters = rastersOf(product.assets);
  if (rasters.length === 0) return undefined;
  const wanted = [name, ...(Object.hasOwn(ALIASES, name) ? [ALIASES[name]!] : [])].map((one) => one.toLowerCase());
  for (const [key, asset] of rasters) {
    const plain = key.toLowerCase().replace(/_\d+m$/, '');
    const [first = {}, ...others] = describedBands(asset);
    if (wanted.includes(plain) && others.length === 0) return { asset, band: 0, fields: first };
    const band = [first, ...others].findIndex((one) => wanted.includes(nameOf(one)));
    if (band >= 0) return { asset, band, fields: [first, ...others][band]! };
  }
  return undefined;
}

type Rasters = readonly (readonly [string, Asset])[];

/** Asked once for every band of every rendering of each product of a page, most of which have none. */
const RASTERS = new WeakMap<Product['assets'], Rasters>();

/** The assets bands can be drawn from, finest first. */
function rastersOf(assets: Product['assets']): Rasters {
  const known = RASTERS.get(assets);
  if (known !== undefined) return known;
  const rasters = Object.entries(assets)
    .filter(([, asset]) => isDrawable(asset))
    .toSorted(([a], [b]) => resolutionOf(a) - resolutionOf(b));
  RASTERS.set(assets, rasters);
  return rasters;
}

function isDrawable({ location, mediaType }: Asset): boolean {
  if (location === undefined || location.offset !== undefined) return false;
  return mediaType === undefined ? /\.tiff?$/i.test(location.key) : /tiff/i.test(mediaType);
}

/** Metres in a key such as `B04_10m`; finest first. */
function resolutionOf(key: string): number {
  return Number(/_(\d+)m$/i.exec(key)?.[1] ?? 0);
}

/** STAC 1.1 `bands`, or what 1.0 says in `eo:bands` and `raster:bands` together. */
function describedBands({ fields = {} }: Asset): readonly Readonly<Record<string, unknown>>[] {
  const together = listOf(fields['bands']);
  if (together.length > 0) return together;
  const [names, rasters] = [listOf(fields['eo:bands']), listOf(fields['raster:bands'])];
  const count = Math.max(names.length, rasters.length);
  return Array.from({ length: count }, (_, index) => ({ ...rasters[index], ...names[index] }));
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.map((one) => (typeof one === 'object' && one !== null ? { ...one } : {}));
}

function nameOf(fields: Readonly<Record<string, unknown>>): string {
  return typeof fields['name'] === 'string' ? fields['name'].toLowerCase() : '';
}
