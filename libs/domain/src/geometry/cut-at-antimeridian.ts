import { cutLine, cutRing, unwrap } from './antimeridian-chains.js';
import type { Geometry, MultiPolygon, Polygon, Position } from './geometry.js';
import { closeRing, dropRepeats, ringContains, samePlace, signedArea, windRing, type Ring } from './ring.js';
import { findSelfIntersection } from './self-intersection.js';

/** Longitude and latitude of the flat map's edge, counter-clockwise from its lower right corner. */
const CORNERS: readonly Position[] = [
  [180, -90],
  [180, 90],
  [-180, 90],
  [-180, -90],
];
const WORLD: Ring = [...CORNERS, CORNERS[0]!];
const LAP = 4;

/**
 * The part of the Earth inside a ring as a satellite footprint means it: each step goes the shorter way round, the inside is
 * the smaller part of the sphere. Rings may cross ±180°, leave it (190°), run either way, repeat positions, be left open and
 * go round one pole or both. Result: closed, cut at the antimeridian (RFC 7946 §3.1.9), wound by §3.1.6. A ring without area gives null.
 */
export function footprintOf(rings: readonly Ring[]): Polygon | MultiPolygon | null {
  const clean = rings.map((ring) => dropRepeats(closeRing(ring))).filter((ring) => ring.length >= 4);
  return joined(clean.flatMap((ring) => regionOf([turned(ring, false)])));
}

/**
 * Cuts GeoJSON polygons and lines that cross the antimeridian (RFC 7946 §3.1.9), by longitudes past ±180° or by jumps. A simple ring within ±180° that runs
 * counter-clockwise as written is meant so: a box around the world stays one. Points come back as they are.
 */
export function cutAtAntimeridian(geometry: Geometry): Geometry {
  switch (geometry.type) {
    case 'Polygon':
      return joined(cutPolygon(geometry.coordinates)) ?? geometry;
    case 'MultiPolygon':
      return joined(geometry.coordinates.flatMap(cutPolygon)) ?? geometry;
    case 'LineString':
      return lines(cutLine(geometry.coordinates));
    case 'MultiLineString':
      return lines(geometry.coordinates.flatMap(cutLine));
    case 'GeometryCollection':
      return { type: 'GeometryCollection', geometries: geometry.geometries.map(cutAtAntimeridian) };
    case 'Point':
    case 'MultiPoint':
      return geometry;
  }
}

function cutPolygon(rings: readonly Ring[]): readonly (readonly Ring[])[] {
  if (isMeantAsWritten(rings[0] ?? [])) return [wound(rings)];
  const clean = rings.map((ring) => dropRepeats(closeRing(ring))).filter((ring) => ring.length >= 4);
  return regionOf(clean.map((ring, i) => turned(ring, i > 0)));
}

/** RFC 7946 §3.1.6: a simple ring on the map that runs counter-clockwise as written is that ring, however wide; one across ±180° looks clockwise. */
function isMeantAsWritten(ring: Ring): boolean {
  const jumps = ring.some(([x], i) => i > 0 && Math.abs(x - ring[i - 1]![0]) > 180);
  const onMap = ring.every(([x]) => Math.abs(x) <= 180);
  return jumps && onMap && signedArea(ring) > 0 && findSelfIntersection(ring) === undefined;
}

function wound([outer = [], ...holes]: readonly Ring[]): readonly Ring[] {
  return [outer, ...holes.map((hole) => windRing(hole, 'clockwise'))];
}

function joined(polygons: readonly (readonly Ring[])[]): Polygon | MultiPolygon | null {
  const [first] = polygons;
  if (first === undefined) return null;
  return polygons.length === 1
    ? { type: 'Polygon', coordinates: first }
    : { type: 'MultiPolygon', coordinates: polygons };
}

function lines(paths: readonly (readonly Position[])[]): Geometry {
  const [first] = paths;
  return paths.length === 1 && first !== undefined
    ? { type: 'LineString', coordinates: first }
    : { type: 'MultiLineString', coordinates: paths };
}

/** Turned so that the region lies on the left: an outer ring has the smaller part of the sphere there, a hole the larger. */
function turned(ring: Ring, hole: boolean): Ring {
  return leftShare(ring) > 0.5 === hole ? ring : ring.toReversed();
}

/** Share of the sphere to the left of a closed ring, 0..1 (cylindrical equal-area: the sphere is 2π wide and 2 high). */
function leftShare(ring: Ring): number {
  const path = unwrap(ring);
  const turns = Math.round((path.at(-1)![0] - path[0]![0]) / 360);
  let area = 0;
  for (let i = 1; i < path.length; i++) {
    const [x0, y0] = path[i - 1]!;
    const [x1, y1] = path[i]!;
    area += ((sine(y0) + sine(y1)) / 2) * (x1 - x0);
  }
  const share = (turns * 360 - area) / 720;
  return share - Math.floor(share);
}

function sine(degrees: number): number {
  return Math.sin((degrees * Math.PI) / 180);
}

/** Polygons on the flat map of a region given by rings that have it on their left. */
function regionOf(rings: readonly Ring[]): readonly (readonly Ring[])[] {
  const pieces = rings.map(cutRing);
  const whole = pieces.flatMap((piece) => piece.rings);
  const outers = [
    ...whole.filter((ring) => signedArea(ring) > 0),
    ...alongTheEdge(pieces.flatMap((piece) => piece.chains)).filter((ring) => signedArea(ring) > 0),
  ];
  const holes = whole.filter((ring) => signedArea(ring) < 0);
  if (outers.length === 0 && holes.length > 0) outers.push(WORLD);
  return outers.map((outer) => [outer, ...holes.filter((hole) => ringContains(outer, hole[0]!))]);
}

/** Joins chains into rings: from the end of one counter-clockwise along the map's edge, over its corners, to the start of the next. */
function alongTheEdge(chains: readonly (readonly Position[])[]): readonly Ring[] {
  const left = new Set(chains);
  const edge = { left, ends: chains.map((chain) => chain.at(-1)!) };
  const rings: Ring[] = [];
  for (const first of chains) {
    if (!left.delete(first)) continue;
    const ring: Position[] = [...first];
    for (let next = nextChain(ring.at(-1)!, first, edge); ; next = nextChain(ring.at(-1)!, first, edge)) {
      ring.push(...cornersBetween(ring.at(-1)!, next[0]!), ...(next === first ? [first[0]!] : next));
      if (next === first) break;
      left.delete(next);
    }
    rings.push(dropRepeats(ring));
  }
  return rings;
}

/** Place on the map's edge, counter-clockwise from the lower right corner; one side is 1. */
function alongEdge([x, y]: Position): number {
  if (x === 180) return (y + 90) / 180;
  return x === -180 ? 2 + (90 - y) / 180 : 0;
}

function ahead(from: Position, to: Position): number {
  const way = alongEdge(to) - alongEdge(from);
  return way < 0 ? way + LAP : way;
}

/** What the joining of chains walks along: the chains not yet in a ring, and where any chain ends. */
interface Edge {
  readonly left: ReadonlySet<readonly Position[]>;
  readonly ends: readonly Position[];
}

/**
 * The chain whose start comes next along the edge. Where the region only touches the edge, a chain starts right where one ends:
 * it is passed by if the region lies along the edge from there, that is if a start comes before any other end.
 */
function nextChain(end: Position, first: readonly Position[], { left, ends }: Edge): readonly Position[] {
  const starts = [first, ...left].toSorted((a, b) => ahead(end, a[0]!) - ahead(end, b[0]!));
  const [nearest = first] = starts;
  const beyond = starts.find((chain) => ahead(end, chain[0]!) > 0);
  if (ahead(end, nearest[0]!) > 0 || beyond === undefined) return nearest;
  const way = ahead(end, beyond[0]!);
  const interrupted = ends.some((other) => ahead(end, other) > 0 && ahead(end, other) < way);
  return interrupted ? nearest : beyond;
}

function cornersBetween(from: Position, to: Position): readonly Position[] {
  const way = ahead(from, to);
  return CORNERS.filter((corner) => !samePlace(corner, from) && ahead(from, corner) < way).toSorted(
    (a, b) => ahead(from, a) - ahead(from, b),
  );
}
