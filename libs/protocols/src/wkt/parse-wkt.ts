import { InvalidError } from '#domain/errors.js';
import { checkGeometry } from '#domain/geometry/check-geometry.js';
import { boundingBoxArea } from '#domain/geometry/bounding-box.js';
import type { Geometry, Position } from '#domain/geometry/geometry.js';
import { closeRing } from '#domain/geometry/ring.js';
import { WktScanner } from './wkt-scanner.js';

/** A geometry read from text, and the EPSG code it was said to be in. */
export interface ParsedWkt {
  readonly geometry: Geometry;
  readonly srid?: number;
}

const MAX_LENGTH = 1 << 20;
const MAX_POSITIONS = 20_000;
const MAX_DEPTH = 4;

/**
 * Well-known text (OGC 06-103r4 §7, also `SRID=4326;…` and `ENVELOPE(minx, maxx, maxy, miny)` of CQL 2.0.1) in x y order. Z is kept, M left
 * out, open rings are closed, unit names may be in any case. Longitudes may go past ±180°. Throws InvalidError (subject `geometry`) saying where it goes wrong.
 */
export function parseWkt(text: string): ParsedWkt {
  if (text.length > MAX_LENGTH)
    throw new InvalidError('The geometry is longer than a megabyte.', { subject: 'geometry' });
  const [, srid, body = text] = /^\s*SRID\s*=\s*(\d{1,6})\s*;([\s\S]*)$/i.exec(text) ?? [];
  const reader = new WktReader(body);
  const geometry = reader.geometry(0);
  reader.end();
  checkGeometry(geometry, { subject: 'geometry', maxPositions: MAX_POSITIONS, maxLongitude: 540 });
  return srid === undefined ? { geometry } : { geometry, srid: Number(srid) };
}

/** A geometry whose numbers are x and y of some plane, whatever they are. Throws as parseWkt does, but for places. */
export function parsePlanarWkt(text: string): Geometry {
  if (text.length > MAX_LENGTH)
    throw new InvalidError('The geometry is longer than a megabyte.', { subject: 'geometry' });
  const reader = new WktReader(text.replace(/^\s*SRID\s*=\s*\d{1,6}\s*;/i, ''));
  const geometry = reader.geometry(0);
  reader.end();
  return geometry;
}

/** Reads by the grammar of OGC 06-103r4 §7.2, one method per rule. */
class WktReader extends WktScanner {
  private dimension: 'XY' | 'Z' | 'M' | 'ZM' = 'XY';
  private positions = 0;

  geometry(depth: number): Geometry {
    if (depth > MAX_DEPTH) this.refuse('collections are nested too deep');
    const [, type = '', glued = ''] = /^([A-Z]+?)(ZM|Z|M)?$/.exec(this.word()) ?? [];
    this.dimension = this.dimensionOf(glued);
    if (this.takeWord('EMPTY')) this.refuse('it is empty');
    return this.body(type, depth);
  }

  end(): void {
    if (!this.atEnd()) this.refuse('there is more text after it');
  }

  private dimensionOf(glued: string): 'XY' | 'Z' | 'M' | 'ZM' {
    for (const given of ['ZM', 'Z', 'M'] as const)
      if (glued === given || (glued === '' && this.takeWord(given))) return given;
    return 'XY';
  }

  private body(type: string, depth: number): Geometry {
    switch (type) {
      case 'POINT':
        return { type: 'Point', coordinates: this.inside(() => this.position()) };
      case 'MULTIPOINT':
        return { type: 'MultiPoint', coordinates: this.list(() => this.bracketed()) };
      case 'LINESTRING':
        return { type: 'LineString', coordinates: this.path() };
      case 'MULTILINESTRING':
        return { type: 'MultiLineString', coordinates: this.list(() => this.path()) };
      case 'POLYGON':
        return { type: 'Polygon', coordinates: this.polygon() };
      case 'MULTIPOLYGON':
        return { type: 'MultiPolygon', coordinates: this.list(() => this.polygon()) };
      case 'GEOMETRYCOLLECTION':
        return { type: 'GeometryCollection', geometries: this.list(() => this.geometry(depth + 1)) };
      case 'ENVELOPE':
        return this.envelope();
      default:
        return this.refuse(`${type || 'that'} is not a kind of geometry`);
    }
  }

  private polygon(): readonly (readonly Position[])[] {
    return this.list(() => closeRing(this.path()));
  }

  private path(): readonly Position[] {
    return this.list(() => this.position());
  }

  private bracketed(): Position {
    return this.peek() === '(' ? this.inside(() => this.position()) : this.position();
  }

  private position(): Position {
    this.positions += 1;
    if (this.positions > MAX_POSITIONS) this.refuse(`it has more than ${MAX_POSITIONS} positions`);
    const [x, y] = [this.number(), this.number()];
    const rest: number[] = [];
    while (rest.length < 2 && this.startsNumber()) rest.push(this.number());
    const [third] = rest;
    return third === undefined || this.dimension === 'M' ? [x, y] : [x, y, third];
  }

  private envelope(): Geometry {
    const [west, east, north, south] = this.list(() => this.number());
    if (west === undefined || east === undefined || north === undefined || south === undefined || south > north) {
      this.refuse('an ENVELOPE is (west, east, north, south)');
    }
    return boundingBoxArea([west, south, east, north]);
  }
}
