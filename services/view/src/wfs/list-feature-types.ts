import { Injectable } from '@nestjs/common';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { featureTypeOf, type FeatureType } from '#protocols/wfs/feature-type.js';

/** The feature types there are: collections that hold something. */
@Injectable()
export class ListFeatureTypes {
  constructor(private readonly catalog: ProductCatalog) {}

  /** All, or those of some collections. */
  async execute(collections?: readonly string[]): Promise<readonly FeatureType[]> {
    const summaries = await this.catalog.collections();
    return summaries.flatMap(({ collection, count, bbox }) => {
      const isWanted = collections === undefined || collections.includes(collection.id);
      const type = count > 0 && isWanted ? featureTypeOf(collection, bbox ?? collection.bbox) : undefined;
      return type === undefined ? [] : [type];
    });
  }
}
