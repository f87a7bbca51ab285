import { Inject, Injectable } from '@nestjs/common';
import type { Collection } from '#domain/collection/collection.js';
import { CoordinateSystems } from '#domain/ports/coordinate-systems.js';
import { ObjectStore } from '#domain/ports/object-store.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { RasterEngine } from '#domain/ports/raster-engine.js';
import type { RasterInfo, RasterSource } from '#domain/ports/raster-source.js';
import { ASSET_KEYS, type Asset } from '#domain/product/asset.js';
import type { Product } from '#domain/product/product.js';
import { PLATFORM_CONFIG, type PlatformConfig } from '#platform/platform.config.js';
import { describeEntry } from '#protocols/opensearch/product-entry.js';
import type { Box } from '#protocols/wcs/coverage.js';
import { noSuchCoverage } from '#protocols/wcs/wcs-error.js';
import type { HeldCoverage } from './held-coverage.js';
import { fieldNames, rastersOf, readCoverageId, type ProductRaster } from './product-rasters.js';

/** An opened raster of a product. */
interface OpenedRaster extends ProductRaster {
  readonly source: RasterSource;
  readonly info: RasterInfo;
}

/** Finds coverages by identifier and describes them: grid and types come from the files' headers. */
@Injectable()
export class DescribeCoverage {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly store: ObjectStore,
    private readonly engine: RasterEngine,
    private readonly systems: CoordinateSystems,
    @Inject(PLATFORM_CONFIG) private readonly platform: PlatformConfig,
  ) {}

  /** Throws NoSuchCoverage naming all that are not there. */
  async byIds(ids: readonly string[], address: string, signal?: AbortSignal): Promise<readonly HeldCoverage[]> {
    const products = await Promise.all(ids.map((id) => this.findProduct(id)));
    const missing = ids.filter((_, index) => products[index] === undefined);
    if (missing.length > 0) throw noSuchCoverage(missing);
    return Promise.all(
      products.map((found) => this.describe(found!.product, address, { asset: found!.asset, signal })),
    );
  }

  /** The product's bands where they share a grid, else its browse image, else its first raster; or one asset alone. */
  async describe(
    product: Product,
    address: string,
    { asset, signal }: { asset?: string | undefined; signal?: AbortSignal | undefined } = {},
  ): Promise<HeldCoverage> {
    const rasters = rastersOf(product).filter(({ key }) => asset === undefined || key === asset);
    const opened = await this.open(rasters, signal);
    const collection = await this.collectionOf(product);
    const id = asset === undefined ? product.id : `${product.id}.${asset}`;
    return this.held(id, product, { opened, collection, address });
  }

  private held(
    id: string,
    product: Product,
    { opened, collection, address }: { opened: readonly OpenedRaster[]; collection: Collection; address: string },
  ): HeldCoverage {
    const [first] = opened;
    if (first === undefined) throw noSuchCoverage([id]);
    const { info } = first;
    const named = opened.flatMap((raster) =>
      fieldNames(raster, raster.info.bands).map((name, band) => ({ name, band, raster })),
    );
    const bounds = this.systems.transformBounds(info.crs, 'CRS:84', info.bbox) ?? WORLD;
    return {
      bands: named.map(({ band, raster }) => ({ source: raster.source, band })),
      coverage: {
        id,
        title: product.id,
        bounds,
        from: product.acquiredFrom,
        to: product.acquiredTo,
        crs: info.crs,
        bbox: info.bbox,
        width: info.width,
        height: info.height,
        fields: named.map(({ name, raster }) => ({ name, description: raster.asset.title ?? name })),
        sampleType: info.sampleType,
        ...(info.nodata === undefined ? {} : { nodata: info.nodata }),
        entry: describeEntry(product, collection, { address, name: this.platform.FROMBORK_MIRROR }),
      },
    };
  }

  private async open(rasters: readonly ProductRaster[], signal?: AbortSignal): Promise<readonly OpenedRaster[]> {
    const opened = await Promise.all(
      rasters.map(async (raster) => {
        const source = await this.sourceOf(raster.asset);
        return { ...raster, source, info: await this.engine.describe(source, signal) };
      }),
    );
    if (opened.length <= 1) return opened;
    const bands = opened.filter(({ key }) => key !== ASSET_KEYS.browse);
    if (bands.length > 0 && bands.every(({ info }) => hasSameGrid(info, bands[0]!.info))) return bands;
    return [opened.find(({ key }) => key === ASSET_KEYS.browse) ?? opened[0]!];
  }

  /** The digest names the version where it is known; else the store is asked. */
  private async sourceOf({ location, digests }: Asset): Promise<RasterSource> {
    const sha = digests?.find(({ algorithm }) => algorithm === 'sha-256')?.value;
    return { ...location!, etag: sha ?? (await this.store.head(location!.key)).etag };
  }

  private async findProduct(id: string): Promise<{ product: Product; asset?: string | undefined } | undefined> {
    for (const { product: name, asset } of readCoverageId(id)) {
      const product = await this.catalog.findById(name);
      if (product === undefined) continue;
      const rasters = rastersOf(product);
      if (asset === undefined ? rasters.length > 0 : rasters.some(({ key }) => key === asset))
        return { product, asset };
    }
    return undefined;
  }

  private async collectionOf(product: Product): Promise<Collection> {
    const summary = await this.catalog.collection(product.collection);
    if (summary === undefined) throw noSuchCoverage([product.id]);
    return summary.collection;
  }
}

const WORLD: Box = [-180, -90, 180, 90];

function hasSameGrid(a: RasterInfo, b: RasterInfo): boolean {
  const isSame = a.crs === b.crs && a.width === b.width && a.height === b.height && a.sampleType === b.sampleType;
  return isSame && a.bbox.every((value, index) => value === b.bbox[index]);
}
