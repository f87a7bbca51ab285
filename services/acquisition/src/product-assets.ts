import type { Asset } from '#domain/product/asset.js';

/** EO common names of the Sentinel-2 bands (STAC EO extension 2.0.0). */
const COMMON_NAMES: Readonly<Record<string, string>> = {
  B01: 'coastal',
  B02: 'blue',
  B03: 'green',
  B04: 'red',
  B05: 'rededge071',
  B06: 'rededge075',
  B07: 'rededge078',
  B08: 'nir',
  B8A: 'nir08',
  B09: 'nir09',
  B10: 'cirrus',
  B11: 'swir16',
  B12: 'swir22',
};

type Rule = readonly [
  pattern: RegExp,
  asset: (match: RegExpExecArray, path: string) => readonly [key: string, asset: Asset],
];

const JP2 = 'image/jp2';
const XML = 'application/xml';

/** Which files of a product are assets of their own, by where they lie in it. */
const RULES: readonly Rule[] = [
  [
    /\/IMG_DATA\/(?:R\d+m\/)?[^/]*_(B\d[\dA])(?:_(\d+m))?\.jp2$/,
    ([, band = '', resolution]) => [
      resolution === undefined ? band : `${band}_${resolution}`,
      bandAsset(band, resolution),
    ],
  ],
  [
    /\/IMG_DATA\/(?:R\d+m\/)?[^/]*_(TCI|SCL|AOT|WVP)(?:_(\d+m))?\.jp2$/,
    ([, kind = '', resolution]) => [
      resolution === undefined ? kind : `${kind}_${resolution}`,
      { roles: [kind === 'TCI' ? 'visual' : 'data'], mediaType: JP2, title: kind },
    ],
  ],
  [
    /^measurement\/s1[^/]*-(vv|vh|hh|hv)-[^/]*\.tiff?$/i,
    ([, polarisation = '']) => [
      polarisation.toLowerCase(),
      {
        roles: ['data'],
        mediaType: 'image/tiff; application=geotiff',
        title: `${polarisation.toUpperCase()} measurement`,
        fields: { 'sar:polarizations': [polarisation.toUpperCase()] },
      },
    ],
  ],
  [
    /^([A-Za-z0-9_]+)\.nc$/,
    ([, name = '']) => [name, { roles: ['data'], mediaType: 'application/x-netcdf', title: name }],
  ],
  [
    /^(manifest\.safe|xfdumanifest\.xml)$/,
    ([, name = '']) => ['manifest', { roles: ['metadata'], mediaType: XML, title: name }],
  ],
  [
    /^(MTD_MSIL\w+)\.xml$/,
    ([, name = '']) => ['product_metadata', { roles: ['metadata'], mediaType: XML, title: name }],
  ],
  [
    /^GRANULE\/[^/]+\/MTD_TL\.xml$/,
    () => ['granule_metadata', { roles: ['metadata'], mediaType: XML, title: 'Tile metadata' }],
  ],
];

/** Files of a product that are assets: key, description and path. Paths are relative to the product's folder. */
export function productAssets(
  paths: readonly string[],
): ReadonlyMap<string, { readonly asset: Asset; readonly path: string }> {
  const found = new Map<string, { asset: Asset; path: string }>();
  for (const path of paths) {
    for (const [pattern, describe] of RULES) {
      const match = pattern.exec(path);
      if (match === null) continue;
      const [key, asset] = describe(match, path);
      if (!found.has(key)) found.set(key, { asset, path });
    }
  }
  return found;
}

function bandAsset(band: string, resolution: string | undefined): Asset {
  const name = COMMON_NAMES[band];
  const described = name === undefined ? { name: band } : { name: band, 'eo:common_name': name };
  const gsd = resolution === undefined ? {} : { gsd: Number.parseInt(resolution, 10) };
  return {
    roles: ['data', 'reflectance'],
    mediaType: JP2,
    title: `Band ${band}`,
    fields: { bands: [described], ...gsd },
  };
}
