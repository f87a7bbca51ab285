import type { Geometry } from '../geometry/geometry.js';
import type { Asset } from './asset.js';
import type { ProductContent } from './content.js';
import type { OnlineState } from './online-state.js';

/** A value of a queryable; dates are UTC. */
export type PropertyValue = string | number | boolean | Date | readonly string[] | readonly number[];

/**
 * A catalogued Earth-observation product.
 * `properties` holds what the vocabulary of queryables knows, keyed by queryable name (`cloudCover`, not `eo:cloud_cover`);
 * `extra` holds every other STAC property as it came.
 */
export interface Product {
  /** UUID v5 of `collection/id`: the id OData and DHuS clients use. Stable for ever. */
  readonly uuid: string;
  /** Collection id, e.g. `sentinel-2-l1c`. */
  readonly collection: string;
  /** Product name without extension, e.g. `S2A_MSIL1C_20220125T151701_N0400_R125_T18LTM_20220125T190036`; unique in its collection. */
  readonly id: string;
  /** Footprint cut at the antimeridian, valid, CRS:84; null where the source gives none. */
  readonly geometry: Geometry | null;
  /** Acquisition begin, UTC. */
  readonly acquiredFrom: Date;
  /** Acquisition end, UTC; equal to the begin for an instant. */
  readonly acquiredTo: Date;
  readonly properties: Readonly<Record<string, PropertyValue>>;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly assets: Readonly<Record<string, Asset>>;
  readonly online: OnlineState;
  readonly content?: ProductContent;
  /** Which scene this is a processing of; products of one collection with the same scene supersede each other by version. */
  readonly scene?: SceneVersion;
  /** Ids (same collection) of the next older and next newer processing of the scene; set by the store. */
  readonly predecessor?: string;
  readonly successor?: string;
  /** First published here / last changed here, UTC; set by the store. */
  readonly published?: Date;
  readonly updated?: Date;
  /** Another one whenever what was published is another; set by the store where a product is found by its key, see `ChangeContext.expected`. */
  readonly revision?: string;
}

/** The key a product is known by everywhere. */
export interface ProductKey {
  readonly collection: string;
  readonly id: string;
}

/** One processing of one scene. */
export interface SceneVersion {
  /** Same for every processing of the same data, e.g. `S2A_MSIL1C_20220125T151701_R125_T18LTM`. */
  readonly id: string;
  /** Sorts as text from oldest to newest processing, e.g. `04.00/20220125T190036`. */
  readonly version: string;
}
