import { QUERYABLES, type Queryable } from '#domain/catalog/queryables.js';
import { RECORDS } from '#domain/collection/record-collection.js';
import type { Collection } from '#domain/collection/collection.js';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { concerns } from '../stac/stac-queryables.js';

/** Namespace of the features, and the prefix it is written with. */
export const FEATURE_NAMESPACE = 'urn:frombork:wfs:1.0';
export const FEATURE_PREFIX = 'frombork';
/** The property that holds the footprint. */
export const GEOMETRY_PROPERTY = 'geometry';

/** A feature type: the footprints of a collection's products. */
export interface FeatureType {
  /** Local name: the collection's id. */
  readonly name: string;
  readonly title: string;
  readonly abstract: string;
  readonly keywords: readonly string[];
  readonly bbox: BoundingBox;
  /** What a product is asked by, besides its footprint. */
  readonly attributes: readonly Queryable[];
  /** Whether every footprint is an area; tracks of altimeters and foreign records need not be. */
  readonly isAreal: boolean;
}

/** Names of XML elements; a collection named otherwise is no feature type. */
const XML_NAME = /^[A-Za-z_][\w.-]{0,199}$/;

/** The feature type of a collection; `bbox` is where its products are. Undefined where its id is no name in XML. */
export function featureTypeOf(collection: Collection, bbox: BoundingBox): FeatureType | undefined {
  const { id, title, description, keywords } = collection;
  if (!XML_NAME.test(id)) return undefined;
  const attributes = QUERYABLES.filter(({ names }) => concerns(names.stac ?? '', collection));
  const isAreal = collection.sensorType !== 'ALTIMETRIC' && id !== RECORDS;
  return { name: id, title, abstract: description, keywords, bbox, attributes, isAreal };
}

/** A name as written (prefixed, or `{namespace}name`) without what says which namespace it is in. */
export function localName(written: string): string {
  const name = written.trim();
  return name.slice(Math.max(name.lastIndexOf(':'), name.lastIndexOf('}')) + 1);
}
