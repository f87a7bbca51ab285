import { Inject, Injectable } from '@nestjs/common';
import type { Collection } from '#domain/collection/collection.js';
import { InvalidError } from '#domain/errors.js';
import { CoordinateSystems } from '#domain/ports/coordinate-systems.js';
import { ObjectStore } from '#domain/ports/object-store.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { RasterEngine } from '#domain/ports/raster-engine.js';
import type { RasterInfo, RasterSource } from '#domain/ports/raster-source.js';
import { ASSET_KEYS } from '#domain/product/asset.js';
import type { Product } from '#domain/product/product.js';
import { PLATFORM_CONFIG, type PlatformConfig } from '#platform/platform.config.js';
import { describeEntry } from '#protocols/opensearch/product-entry.js';
import type { Box } from '#protocols/wcs/coverage.js';
import { noSuchCoverage } from '#protocols/wcs/wcs-error.js';
import { rasterOfAsset } from '../raster-of-asset.js';
import { groupFields, type HeldCoverage } from './held-coverage.js';
import { fieldNames, rastersOf, type ProductRaster } from './product-rasters.js';

/** An opened raster of a product. */
interface OpenedRaster extends ProductRaster {
  readonly source: RasterSource;
  readonly info: RasterInfo;
}

/** Describes the coverage a product is: grid and types come from the files' headers. */
@Injectable()
export class DescribeCoverage {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly store: ObjectStore,
    private readonly engine: RasterEngine,
    private readonly systems: CoordinateSystems,
    @Inject(PLATFORM_CONFIG) private readonly platform: PlatformConfig,
  ) {}

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
    const held = named.map(({ band, raster }) => ({ source: raster.source, band }));
    const bounds = this.systems.transformBounds(info.crs, 'CRS:84', info.bbox) ?? WORLD;
    return {
      sourcesOf: (fields) => Promise.resolve(groupFields(held, fields)),
      coverage: {
        id,
        title: product.id,
        subtype: 'RectifiedDataset',
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
    const tried = await Promise.all(rasters.map((raster) => this.openOne(raster, signal)));
    const opened = tried.filter((one): one is OpenedRaster => !(one instanceof InvalidError));
    if (opened.length === 0 && tried[0] instanceof InvalidError) throw tried[0];
    if (opened.length <= 1) return opened;
    const bands = opened.filter(({ key }) => key !== ASSET_KEYS.browse);
    if (bands.length > 0 && bands.every(({ info }) => hasSameGrid(info, bands[0]!.info))) return bands;
    return [opened.find(({ key }) => key === ASSET_KEYS.browse) ?? opened[0]!];
  }

  /** A TIFF need not lie on a grid: measurements of Sentinel-1 have control points, and are values on a grid in other assets. */
  private async openOne(raster: ProductRaster, signal?: AbortSignal): Promise<OpenedRaster | InvalidError> {
    const source = await rasterOfAsset(raster.asset, this.store);
    try {
      const info = await this.engine.describe(source, signal);
      // Coverages tell their system by an address, which only those with a code have.
      if (!info.crs.startsWith('EPSG:'))
        return new InvalidError(`${source.key} has a system of coordinates without a code`);
      return { ...raster, source, info };
    } catch (error) {
      if (error instanceof InvalidError) return error;
      throw error;
    }
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
