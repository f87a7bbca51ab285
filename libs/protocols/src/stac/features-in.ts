import type { BoundingBox, Geometry } from '#domain/geometry/geometry.js';
import { boxTo, CRS84, geometryTo, type FeatureCrs } from './feature-crs.js';

interface Feature {
  readonly geometry?: Geometry | null;
  readonly bbox?: BoundingBox;
  readonly features?: readonly Feature[];
}

/** An item or a page of items with geometries and boxes in another coordinate reference system (OGC 18-058 §6.3). */
export function featuresIn(document: object, crs: FeatureCrs): object {
  return crs === CRS84 ? document : moved(document, crs);
}

function moved(feature: Feature, crs: FeatureCrs): Feature {
  const { geometry, bbox, features } = feature;
  return {
    ...feature,
    ...(geometry ? { geometry: geometryTo(geometry, crs) } : {}),
    ...(bbox === undefined ? {} : { bbox: boxTo(bbox, crs) }),
    ...(features === undefined ? {} : { features: features.map((each) => moved(each, crs)) }),
  };
}
