import type { Geometry, Position } from '#domain/geometry/geometry.js';

/** Well-known text of a geometry (OGC 06-103r4 §7), x y order; heights as Z. */
export function writeWkt(geometry: Geometry): string {
  const hasZ = firstPosition(geometry)?.[2] !== undefined;
  return `${geometry.type.toUpperCase()}${hasZ ? ' Z ' : ''}${writeBody(geometry)}`;
}

/** As writeWkt with the `SRID=4326;` in front that PostGIS and OData literals have. */
export function writeEwkt(geometry: Geometry): string {
  return `SRID=4326;${writeWkt(geometry)}`;
}

function writeBody(geometry: Geometry): string {
  switch (geometry.type) {
    case 'Point':
      return `(${writePosition(geometry.coordinates)})`;
    case 'MultiPoint':
      return `(${geometry.coordinates.map((position) => `(${writePosition(position)})`).join(',')})`;
    case 'LineString':
      return writePath(geometry.coordinates);
    case 'MultiLineString':
    case 'Polygon':
      return writePaths(geometry.coordinates);
    case 'MultiPolygon':
      return `(${geometry.coordinates.map(writePaths).join(',')})`;
    case 'GeometryCollection':
      return `(${geometry.geometries.map(writeWkt).join(',')})`;
  }
}

function writePaths(paths: readonly (readonly Position[])[]): string {
  return `(${paths.map(writePath).join(',')})`;
}

function writePath(path: readonly Position[]): string {
  return `(${path.map(writePosition).join(',')})`;
}

function writePosition(position: Position): string {
  return position.map(String).join(' ');
}

function firstPosition(geometry: Geometry): Position | undefined {
  if (geometry.type === 'GeometryCollection') return undefined;
  let value: unknown = geometry.coordinates;
  while (Array.isArray(value) && Array.isArray(value[0])) value = value[0];
  return value as Position | undefined;
}
