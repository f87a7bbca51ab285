import { Injectable } from '@nestjs/common';
import type { Filter } from '#domain/catalog/catalog-query.js';
import { boundingBoxArea } from '#domain/geometry/bounding-box.js';
import type { TimeInterval } from '#domain/geometry/time-interval.js';
import { CoordinateSystems } from '#domain/ports/coordinate-systems.js';
import { ProductCatalog, type CollectionSummary } from '#domain/ports/product-catalog.js';
import type { Product } from '#domain/product/product.js';
import { collectionsOfType } from '#protocols/sentinelhub/collection-of-type.js';
import type { InstanceFeaturesRequest } from '#protocols/sentinelhub/parse-instance-features.js';
import { WmsError } from '#protocols/wms/wms-error.js';
import type { Instance } from './instance.js';

/** Finds the acquisitions an instance's client asks for, newest first: the current processing of each. */
@Injectable()
export class FindAcquisitions {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly systems: CoordinateSystems,
  ) {}

  /** Throws WmsError for type names that are none. */
  async execute(
    request: InstanceFeaturesRequest,
    instance: Instance,
    signal?: AbortSignal,
  ): Promise<readonly Product[]> {
    const summaries = (await this.catalog.collections()).filter(({ count }) => count > 0);
    const collections = this.collectionsOf(request, instance, summaries);
    if (collections.length === 0) return [];
    const args = [...this.inPlace(request), ...inTime(request), ...clearEnough(request, collections)];
    const page = await this.catalog.search(
      {
        collections: collections.map(({ collection }) => collection.id),
        filter: { op: 'and', args },
        sort: [{ property: 'acquiredFrom', direction: 'desc' }],
        page: { kind: 'number', offset: request.offset, limit: request.limit },
        count: 'none',
        latestOnly: true,
      },
      signal,
    );
    return page.products;
  }

  /** A type of Sentinel Hub's, the name of a layer, or that of a collection. A type of which nothing is here has no acquisitions. */
  private collectionsOf(
    { typeName }: InstanceFeaturesRequest,
    { layers }: Instance,
    summaries: readonly CollectionSummary[],
  ): readonly CollectionSummary[] {
    const layer = layers.find(({ name }) => name.toUpperCase() === typeName.toUpperCase());
    const known = summaries.map(({ collection }) => collection.id);
    const ids = layer === undefined ? collectionsOfType(typeName, known) : [layer.collection];
    if (ids === undefined) {
      throw new WmsError(
        `There is no type ${typeName.slice(0, 100)}; there are DSS1, DSS2 and others.`,
        'LayerNotDefined',
        'TYPENAMES',
      );
    }
    return summaries.filter(({ collection }) => ids.includes(collection.id));
  }

  private inPlace({ box }: InstanceFeaturesRequest): readonly Filter[] {
    if (box === undefined) return [];
    const bounds = this.systems.geographicBounds(box.crs.code, box.bbox);
    if (bounds === undefined) return [{ op: 'constant', value: false }];
    return [{ op: 'spatial', relation: 'intersects', geometry: boundingBoxArea(bounds) }];
  }
}

function inTime({ intervals }: InstanceFeaturesRequest): readonly Filter[] {
  if (typeof intervals === 'string') return [];
  const during = (interval: TimeInterval): Filter => ({ op: 'temporal', relation: 'overlaps', interval });
  return [{ op: 'or', args: intervals.map(during) }];
}

/** Only what optical instruments see has clouds. */
function clearEnough(
  { maxCloudCover }: InstanceFeaturesRequest,
  collections: readonly CollectionSummary[],
): readonly Filter[] {
  const isOptical = collections.some(({ collection }) => collection.sensorType === 'OPTICAL');
  if (maxCloudCover === undefined || !isOptical) return [];
  return [{ op: 'le', property: 'cloudCover', value: maxCloudCover }];
}
