import { InvalidError } from '#domain/errors.js';
import type { PropertyValue } from '#domain/product/product.js';
import { defined, type ProductFacts } from './manifest-facts.js';
import { parseManifest, type Manifest } from './manifest.js';
import type { MissionDescription, ProductInput } from './product-description.js';
import type { ProductName } from './product-name.js';
import { sentinel2Browse } from './sentinel2-browse.js';
import { sentinel2Fields } from './sentinel2-fields.js';
import { parseSentinel2ProductMetadata, type Sentinel2ProductMetadata } from './sentinel2-product-metadata.js';
import { parseSentinel2TileMetadata, type Sentinel2TileMetadata } from './sentinel2-tile-metadata.js';
import { withoutUndefined } from './without-undefined.js';

const PRODUCT = /^(?:MTD_MSIL[12][A-C]p?|S2[A-D]_[A-Z]{4}_MTD_SAFL[12][A-C][^/]*)\.xml$/i;
const TILE = /^GRANULE\/[^/]+\/[^/]+\.xml$/i;

/** A Sentinel-2 product from `manifest.safe`, `MTD_MSIL*.xml` and one `MTD_TL.xml`. Throws InvalidError. */
export function describeSentinel2(name: ProductName, input: ProductInput): MissionDescription {
  const manifest = find(input, /^manifest\.safe$/, parseManifest);
  const product = find(input, PRODUCT, parseSentinel2ProductMetadata);
  const tile = find(input, TILE, parseSentinel2TileMetadata);
  if (product === undefined) throw new InvalidError('The product has no MTD_MSIL1C.xml or MTD_MSIL2A.xml.');
  return {
    ...stated(manifest, product),
    properties: properties(manifest, product, tile),
    extra: {
      ...manifest?.extra,
      ...productExtra(name, product),
      ...tileExtra(product, tile),
    },
    browse: sentinel2Browse(input.paths, product, tile),
  };
}

function find<T>(
  { metadata }: ProductInput,
  pattern: RegExp,
  parse: (source: string | Uint8Array) => T,
): T | undefined {
  for (const [path, source] of metadata) if (pattern.test(path)) return parse(source);
  return undefined;
}

/** What the product metadata says goes before what the manifest says. */
function stated(manifest: Manifest | undefined, product: Sentinel2ProductMetadata) {
  return withoutUndefined({
    acquiredFrom: product.acquiredFrom ?? manifest?.acquiredFrom,
    acquiredTo: product.acquiredTo ?? manifest?.acquiredTo,
    footprint: product.footprint.length > 0 ? product.footprint : (manifest?.footprint ?? []),
    files: manifest?.files ?? [],
  });
}

type Properties = Readonly<Record<string, PropertyValue>>;

function properties(
  manifest: Manifest | undefined,
  product: Sentinel2ProductMetadata,
  tile: Sentinel2TileMetadata | undefined,
): Properties {
  // The manifest's processing facts are about packaging, not about the product.
  const { processed: _packed, processingBaseline: _packer, ...facts } = manifest?.properties ?? {};
  const single = product.granules.length <= 1 ? tile : undefined;
  const { datatake } = product;
  return {
    ...facts,
    ...defined<PropertyValue>({
      platform: datatake.platform,
      productType: product.productType,
      processingBaseline: product.processingBaseline,
      processed: product.generated,
      datatake: datatake.id,
      absoluteOrbit: datatake.absoluteOrbit ?? tile?.absoluteOrbit,
      relativeOrbit: datatake.relativeOrbit,
      orbitDirection: datatake.orbitDirection,
      instrumentMode: datatake.type,
      cloudCover: single?.cloudCover ?? product.cloudCover,
      snowCover: single?.snowCover ?? product.snowCover,
    }),
    ...tileProperties(single),
  };
}

function tileProperties(tile: Sentinel2TileMetadata | undefined): Properties {
  return defined<PropertyValue>({
    sunElevation: tile?.sunElevation,
    sunAzimuth: tile?.sunAzimuth,
    incidenceAngle: tile?.incidenceAngle,
    projCode: tile === undefined ? undefined : [...tile.grids.values()][0]?.crs,
  });
}

function productExtra(name: ProductName, product: Sentinel2ProductMetadata): ProductFacts['extra'] {
  const [granule] = product.granules;
  const offsets = [...product.offsets.values()];
  return defined({
    ...sentinel2Fields({
      product_uri: `${name.name}.SAFE`,
      product_type: product.productType,
      processing_baseline: product.processingBaseline,
      generation_time: product.generated?.toISOString(),
      datatake_id: product.datatake.id,
      datatake_type: product.datatake.type,
      datastrip_id: granule?.datastrip,
      tile_id: product.granules.length === 1 ? granule?.id : undefined,
      granules: product.granules.length > 1 ? product.granules.map(({ id }) => id) : undefined,
      reflectance_conversion_factor: product.reflectanceConversion,
      quantification_value: product.quantification,
      radiometric_offsets: offsets.some((offset) => offset !== 0) ? offsets : undefined,
    }),
    'sci:doi': product.doi,
  });
}

function tileExtra(product: Sentinel2ProductMetadata, tile: Sentinel2TileMetadata | undefined): ProductFacts['extra'] {
  const grid = tile?.grids.get(10) ?? [...(tile?.grids.values() ?? [])][0];
  if (tile === undefined || grid === undefined || product.granules.length > 1) return {};
  const [x, y] = grid.origin;
  const [dx, dy] = grid.pixelSize;
  return defined({
    ...sentinel2Fields({ ...tile.percentages, sensing_time: tile.sensed?.toISOString() }),
    'view:azimuth': tile.viewAzimuth,
    'proj:bbox': [x, y - grid.rows * dy, x + grid.columns * dx, y],
    'proj:shape': [grid.rows, grid.columns],
    'proj:transform': [dx, 0, x, 0, -dy, y],
  });
}
