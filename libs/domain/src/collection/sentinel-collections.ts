import type { Collection } from './collection.js';
import { SENTINEL_1_COLLECTIONS } from './sentinel-1-collections.js';
import { SENTINEL_2_COLLECTIONS } from './sentinel-2-collections.js';
import { SENTINEL_3_COLLECTIONS } from './sentinel-3-collections.js';
import { SENTINEL_5P_COLLECTIONS } from './sentinel-5p-collections.js';

/** Every collection a mirror carries from the start. */
export const SENTINEL_COLLECTIONS: readonly Collection[] = [
  ...SENTINEL_1_COLLECTIONS,
  ...SENTINEL_2_COLLECTIONS,
  ...SENTINEL_3_COLLECTIONS,
  ...SENTINEL_5P_COLLECTIONS,
];

const BY_PRODUCT_TYPE = new Map(
  SENTINEL_COLLECTIONS.flatMap((collection) => collection.productTypes.map((type) => [type, collection] as const)),
);

const SENTINEL_1_TYPE = /^(?:(?:S[1-6]|N[1-6]|SM|IW|EW|WV|EN|IM)_)?(RAW|SLC|GRD|OCN)(?:[FHM_]_[012][SANC](?:-COG)?)?$/;

/**
 * The collection of a product type, e.g. `S2MSI1C`, `OL_1_EFR___`, `L2__NO2___`, `IW_GRDH_1S`; undefined where there is none.
 * `mission` is a constellation (`sentinel-1`); Sentinel-1 types are taken for every beam, and short (`GRD`) too.
 */
export function collectionOfProductType(mission: string, productType: string): Collection | undefined {
  const radar = mission === 'sentinel-1' ? SENTINEL_1_TYPE.exec(productType)?.[1] : undefined;
  if (radar !== undefined) return SENTINEL_1_COLLECTIONS.find(({ id }) => id === `sentinel-1-${radar.toLowerCase()}`);
  const collection = BY_PRODUCT_TYPE.get(productType);
  return collection?.mission.toLowerCase() === mission ? collection : undefined;
}
