import type { Geometry, Position } from '#domain/geometry/geometry.js';

/** Types of OGC 06-103r4 §8.2, by their names in GeoJSON. */
const TYPES: Readonly<Record<Geometry['type'], number>> = {
  Point: 1,
  LineString: 2,
  Polygon: 3,
  MultiPoint: 4,
  MultiLineString: 5,
  MultiPolygon: 6,
  GeometryCollection: 7,
};

/** Little-endian, with the flag and the number of WGS 84 as PostGIS extends the form. */
const SRID_FLAG = 0x2000_0000;
const WGS_84 = 4326;

/** A geometry as PostGIS reads it fastest: extended well-known binary in hexadecimal digits, heights left out. */
export function writeEwkb(geometry: Geometry): string {
  return writeGeometry(geometry, SRID_FLAG);
}

function writeGeometry(geometry: Geometry, flag = 0): string {
  const head = `01${uint32((TYPES[geometry.type] | flag) >>> 0)}${flag === 0 ? '' : uint32(WGS_84)}`;
  return head + bodyOf(geometry);
}

function bodyOf(geometry: Geometry): string {
  switch (geometry.type) {
    case 'Point':
      return positions([geometry.coordinates]);
    case 'LineString':
      return line(geometry.coordinates);
    case 'Polygon':
      return counted(geometry.coordinates.map(line));
    case 'MultiPoint':
      return parts(geometry.coordinates.map((coordinates) => ({ type: 'Point', coordinates })));
    case 'MultiLineString':
      return parts(geometry.coordinates.map((coordinates) => ({ type: 'LineString', coordinates })));
    case 'MultiPolygon':
      return parts(geometry.coordinates.map((coordinates) => ({ type: 'Polygon', coordinates })));
    case 'GeometryCollection':
      return parts(geometry.geometries);
  }
}

function parts(geometries: readonly Geometry[]): string {
  return counted(geometries.map((geometry) => writeGeometry(geometry)));
}

function line(given: readonly Position[]): string {
  return uint32(given.length) + positions(given);
}

function counted(texts: readonly string[]): string {
  return uint32(texts.length) + texts.join('');
}

function uint32(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes.toString('hex');
}

function positions(given: readonly Position[]): string {
  const bytes = Buffer.alloc(given.length * 16);
  for (const [at, [longitude, latitude]] of given.entries()) {
    bytes.writeDoubleLE(longitude, at * 16);
    bytes.writeDoubleLE(latitude, at * 16 + 8);
  }
  return bytes.toString('hex');
}
