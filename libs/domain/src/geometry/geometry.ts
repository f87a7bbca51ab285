/** A GeoJSON position (RFC 7946 §3.1.1): longitude, latitude in degrees WGS 84, optionally a height in metres. */
export type Position = readonly [number, number] | readonly [number, number, number];

/** The GeoJSON geometries (RFC 7946 §3.1); in this system always longitude/latitude, CRS:84. */
export type Geometry =
  | { readonly type: 'Point'; readonly coordinates: Position }
  | { readonly type: 'MultiPoint'; readonly coordinates: readonly Position[] }
  | { readonly type: 'LineString'; readonly coordinates: readonly Position[] }
  | { readonly type: 'MultiLineString'; readonly coordinates: readonly (readonly Position[])[] }
  | Polygon
  | MultiPolygon
  | { readonly type: 'GeometryCollection'; readonly geometries: readonly Geometry[] };

/** A polygon: one outer ring, then holes; each ring closed. */
export interface Polygon {
  readonly type: 'Polygon';
  readonly coordinates: readonly (readonly Position[])[];
}

/** Several polygons; a footprint across the antimeridian is one of these, cut at ±180° (RFC 7946 §3.1.9). */
export interface MultiPolygon {
  readonly type: 'MultiPolygon';
  readonly coordinates: readonly (readonly (readonly Position[])[])[];
}

/** west, south, east, north in degrees; west > east means the box crosses the antimeridian (RFC 7946 §5.2). */
export type BoundingBox = readonly [west: number, south: number, east: number, north: number];
