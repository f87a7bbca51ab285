import type { Filter, SortKey } from '#domain/catalog/catalog-query.js';
import type { FeatureCrs } from './feature-crs.js';
import type { WfsVersion } from './wfs-version.js';

/** How features are written. */
export type FeatureForm = 'gml' | 'geojson';

/** A box in x/y order of a system. */
export interface FeatureBox {
  readonly crs: FeatureCrs;
  readonly bbox: readonly [minX: number, minY: number, maxX: number, maxY: number];
}

/** A query for features of one type, as asked: its filter and order speak the catalogue's vocabulary. */
export interface FeatureQuery {
  /** Local name; undefined where only ids are asked for. */
  readonly typeName?: string | undefined;
  readonly filter?: Filter | undefined;
  readonly bbox?: FeatureBox | undefined;
  readonly resourceIds?: readonly string[] | undefined;
  readonly sort?: readonly SortKey[] | undefined;
  /** Names of the properties wanted; all where undefined. */
  readonly properties?: readonly string[] | undefined;
  readonly crs?: FeatureCrs | undefined;
}

/** GetFeature (OGC 09-025r2 §11, 04-094 §9). */
export interface GetFeatureRequest {
  readonly kind: 'GetFeature';
  readonly version: WfsVersion;
  readonly query: FeatureQuery;
  readonly form: FeatureForm;
  /** Asks for the number of features alone. */
  readonly isHits: boolean;
  readonly count?: number;
  readonly startIndex: number;
  /** GetFeatureById: the answer is the feature itself. */
  readonly isSingle: boolean;
  /** The request in key-value pairs, for links to other pages. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** A request with versions, encodings and spellings behind it. */
export type WfsRequest =
  | { readonly kind: 'GetCapabilities'; readonly version: WfsVersion; readonly sections?: readonly string[] }
  | { readonly kind: 'DescribeFeatureType'; readonly version: WfsVersion; readonly typeNames: readonly string[] }
  | { readonly kind: 'ListStoredQueries'; readonly version: WfsVersion }
  | { readonly kind: 'DescribeStoredQueries'; readonly version: WfsVersion; readonly ids: readonly string[] }
  | GetFeatureRequest;
