import { InvalidError } from '../errors.js';
import type { Geometry, Position } from './geometry.js';

/** What a geometry may be: how many positions, how far east and west; `subject` names it in errors. */
export interface GeometryLimits {
  readonly subject: string;
  readonly maxPositions: number;
  /** 180 for stored footprints; 360 or more where positions beyond the antimeridian are understood. */
  readonly maxLongitude: number;
}

/**
 * Checks what RFC 7946 §3.1 asks: finite positions in range, closed rings of four or more, nothing empty.
 * Self-intersection is not checked here. Throws InvalidError saying what is wrong and where.
 */
export function checkGeometry(geometry: Geometry, limits: GeometryLimits): void {
  let left = limits.maxPositions;
  for (const part of partsOf(geometry, limits.subject)) {
    left -= part.positions.length;
    if (left < 0) refuse(limits, `more than ${limits.maxPositions} positions; simplify it`);
    if (part.positions.length < part.least) refuse(limits, `${part.kind} of fewer than ${part.least} positions`);
    for (const position of part.positions) checkPosition(position, limits);
    if (part.closed) checkClosed(part.positions, limits);
  }
}

interface Part {
  readonly kind: string;
  readonly positions: readonly Position[];
  readonly least: number;
  readonly closed: boolean;
}

const MAX_DEPTH = 8;

function partsOf(geometry: Geometry, subject: string, depth = 0): readonly Part[] {
  switch (geometry.type) {
    case 'Point':
      return [{ kind: 'point', positions: [geometry.coordinates], least: 1, closed: false }];
    case 'MultiPoint':
      return [{ kind: 'multipoint', positions: geometry.coordinates, least: 1, closed: false }];
    case 'LineString':
      return [line(geometry.coordinates)];
    case 'MultiLineString':
      return nonEmpty(geometry.coordinates, subject).map(line);
    case 'Polygon':
      return nonEmpty(geometry.coordinates, subject).map(ring);
    case 'MultiPolygon':
      return nonEmpty(geometry.coordinates, subject).flatMap((polygon) => nonEmpty(polygon, subject).map(ring));
    case 'GeometryCollection':
      if (depth === MAX_DEPTH) refuse({ subject }, 'collections nested too deep');
      return nonEmpty(geometry.geometries, subject).flatMap((member) => partsOf(member, subject, depth + 1));
    default:
      return refuse({ subject }, 'an unknown type of geometry');
  }
}

function line(positions: readonly Position[]): Part {
  return { kind: 'line', positions, least: 2, closed: false };
}

function ring(positions: readonly Position[]): Part {
  return { kind: 'ring', positions, least: 4, closed: true };
}

function nonEmpty<T>(parts: readonly T[], subject: string): readonly T[] {
  return parts.length === 0 ? refuse({ subject }, 'an empty part') : parts;
}

function checkPosition(position: Position, limits: GeometryLimits): void {
  const [longitude, latitude] = position;
  const inRange = Math.abs(longitude) <= limits.maxLongitude && Math.abs(latitude) <= 90;
  if (!inRange) refuse(limits, `the position ${longitude} ${latitude} outside longitude/latitude`);
}

function checkClosed(positions: readonly Position[], limits: GeometryLimits): void {
  const [from, to] = [positions.at(0), positions.at(-1)];
  if (from?.[0] === to?.[0] && from?.[1] === to?.[1]) return;
  const [begin, end] = [from, to].map((position) => position?.slice(0, 2).join(' '));
  refuse(limits, `a ring that is not closed (${begin} to ${end})`);
}

function refuse({ subject }: { readonly subject: string }, what: string): never {
  throw new InvalidError(`The geometry has ${what}.`, { subject });
}
