import { Injectable } from '@nestjs/common';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { parseMosaicId } from '#protocols/wcs/mosaic-id.js';
import { noSuchCoverage } from '#protocols/wcs/wcs-error.js';
import { DescribeCoverage } from './describe-coverage.js';
import type { HeldCoverage } from './held-coverage.js';
import { rastersOf, readCoverageId } from './product-rasters.js';
import { StitchMosaic } from './stitch-mosaic.js';

/** Finds coverages by their identifiers: products, single assets of them, mosaics. */
@Injectable()
export class FindCoverages {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly describe: DescribeCoverage,
    private readonly mosaics: StitchMosaic,
  ) {}

  /** In the order asked. Throws NoSuchCoverage naming all that are not there. */
  async execute(ids: readonly string[], address: string, signal?: AbortSignal): Promise<readonly HeldCoverage[]> {
    const found = await Promise.all(ids.map((id) => this.find(id, address, signal)));
    const missing = ids.filter((_, index) => found[index] === undefined);
    if (missing.length > 0) throw noSuchCoverage(missing);
    return found.filter((held) => held !== undefined);
  }

  private async find(id: string, address: string, signal?: AbortSignal): Promise<HeldCoverage | undefined> {
    const mosaic = parseMosaicId(id);
    const stitched = mosaic && (await this.mosaics.execute(mosaic, { id, address }, signal));
    return stitched ?? this.findProduct(id, address, signal);
  }

  private async findProduct(id: string, address: string, signal?: AbortSignal): Promise<HeldCoverage | undefined> {
    for (const { product: name, asset } of readCoverageId(id)) {
      const product = await this.catalog.findById(name);
      const rasters = product === undefined ? [] : rastersOf(product);
      const isThere = asset === undefined ? rasters.length > 0 : rasters.some(({ key }) => key === asset);
      if (product !== undefined && isThere) return this.describe.describe(product, address, { asset, signal });
    }
    return undefined;
  }
}
