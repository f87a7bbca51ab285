import { InvalidError } from '#domain/errors.js';
import { boundingBoxArea } from '#domain/geometry/bounding-box.js';
import { checkGeometry } from '#domain/geometry/check-geometry.js';
import type { Geometry, Polygon, Position } from '#domain/geometry/geometry.js';
import type { XmlElement } from '../xml/xml-element.js';
import { attribute, child, childrenOf } from '../xml/xml-path.js';
import { isLatitudeFirst } from './coordinate-order.js';
import { parseCorner, parsePositions, type AxisOrder } from './gml-positions.js';

const NAMESPACES = new Set(['http://www.opengis.net/gml', 'http://www.opengis.net/gml/3.2']);
const LIMITS = { subject: 'geometry', maxPositions: 20_000, maxLongitude: 540 };

/** Whether an element is a geometry parseGml reads. */
export function isGml(element: XmlElement): boolean {
  return NAMESPACES.has(element.namespace) && READERS.has(element.name);
}

/**
 * A geometry in GML 3.1.1 or 3.2.1 (also the forms of 2.1.2): Envelope and Box, Point, LineString, Curve, Polygon, Surface and the Multi… of them. The axis
 * order follows the srsName, which members inherit; an Envelope whose west is east of its east crosses the antimeridian. Throws InvalidError (subject `geometry` or `srsName`).
 */
export function parseGml(element: XmlElement): Geometry {
  if (!NAMESPACES.has(element.namespace)) throw invalid(`${element.qname} is in no namespace of GML`);
  const geometry = read(element, 'longitude');
  checkGeometry(geometry, LIMITS);
  return geometry;
}

type Reader = (element: XmlElement, order: AxisOrder) => Geometry;

function read(element: XmlElement, inherited: AxisOrder): Geometry {
  const reader = READERS.get(element.name);
  if (reader === undefined) throw invalid(`${element.qname} is not supported`);
  return reader(element, orderOf(element, inherited));
}

function orderOf(element: XmlElement, inherited: AxisOrder): AxisOrder {
  const srsName = attribute(element, 'srsName');
  if (srsName === undefined) return inherited;
  return isLatitudeFirst(srsName) ? 'latitude' : 'longitude';
}

function readEnvelope(element: XmlElement, order: AxisOrder): Geometry {
  const [lower, upper] = [child(element, 'lowerCorner'), child(element, 'upperCorner')];
  const corners =
    lower === undefined || upper === undefined
      ? parsePositions(element, order)
      : [parseCorner(lower, order), parseCorner(upper, order)];
  const [[west, south] = [Number.NaN, Number.NaN], [east, north] = [Number.NaN, Number.NaN]] = corners;
  if (corners.length !== 2) throw invalid('an Envelope has two corners');
  if (south > north)
    throw invalid(`the lower corner lies north of the upper one (is the axis order that of the srsName?)`);
  return boundingBoxArea([west, south, east, north]);
}

function readPoint(element: XmlElement, order: AxisOrder): Geometry {
  const [coordinates, ...more] = parsePositions(element, order);
  if (coordinates === undefined || more.length > 0) throw invalid('a Point has one position');
  return { type: 'Point', coordinates };
}

function readLine(element: XmlElement, order: AxisOrder): Geometry {
  return { type: 'LineString', coordinates: parsePositions(element, order) };
}

function readCurve(element: XmlElement, order: AxisOrder): Geometry {
  const segments = childrenOf(child(element, 'segments') ?? element, 'LineStringSegment');
  const coordinates = segments.flatMap((segment, index) => parsePositions(segment, order).slice(index === 0 ? 0 : 1));
  if (coordinates.length === 0) throw invalid('a Curve is read where it is made of LineStringSegments');
  return { type: 'LineString', coordinates };
}

function readPolygon(element: XmlElement, order: AxisOrder): Polygon {
  const outer = childrenOf(element).filter(({ name }) => name === 'exterior' || name === 'outerBoundaryIs');
  const holes = childrenOf(element).filter(({ name }) => name === 'interior' || name === 'innerBoundaryIs');
  if (outer.length !== 1) throw invalid('a Polygon has one exterior');
  return { type: 'Polygon', coordinates: [...outer, ...holes].map((boundary) => readRing(boundary, order)) };
}

function readRing(boundary: XmlElement, order: AxisOrder): readonly Position[] {
  const ring = child(boundary, 'LinearRing');
  if (ring === undefined) throw invalid('a boundary is read where it is a LinearRing');
  return parsePositions(ring, orderOf(ring, order));
}

function readSurface(element: XmlElement, order: AxisOrder): Geometry {
  const patches = childrenOf(child(element, 'patches') ?? element, 'PolygonPatch').map((patch) =>
    readPolygon(patch, order),
  );
  const [only, ...more] = patches;
  if (only !== undefined && more.length === 0) return only;
  return { type: 'MultiPolygon', coordinates: patches.map(({ coordinates }) => coordinates) };
}

function membersOf(element: XmlElement, order: AxisOrder): readonly Geometry[] {
  const members = childrenOf(element).filter(({ name }) => /Members?$/.test(name));
  return members.flatMap((member) => childrenOf(member).map((each) => read(each, order)));
}

function readMultiPoint(element: XmlElement, order: AxisOrder): Geometry {
  const points = membersOf(element, order).filter((member) => member.type === 'Point');
  return { type: 'MultiPoint', coordinates: points.map(({ coordinates }) => coordinates) };
}

function readMultiLine(element: XmlElement, order: AxisOrder): Geometry {
  const lines = membersOf(element, order).filter((member) => member.type === 'LineString');
  return { type: 'MultiLineString', coordinates: lines.map(({ coordinates }) => coordinates) };
}

function readMultiPolygon(element: XmlElement, order: AxisOrder): Geometry {
  const coordinates = membersOf(element, order).flatMap((member) => {
    if (member.type === 'Polygon') return [member.coordinates];
    return member.type === 'MultiPolygon' ? member.coordinates : [];
  });
  return { type: 'MultiPolygon', coordinates };
}

function readCollection(element: XmlElement, order: AxisOrder): Geometry {
  return { type: 'GeometryCollection', geometries: membersOf(element, order) };
}

const READERS: ReadonlyMap<string, Reader> = new Map([
  ['Envelope', readEnvelope],
  ['Box', readEnvelope],
  ['Point', readPoint],
  ['LineString', readLine],
  ['Curve', readCurve],
  ['Polygon', readPolygon],
  ['Surface', readSurface],
  ['MultiPoint', readMultiPoint],
  ['MultiLineString', readMultiLine],
  ['MultiCurve', readMultiLine],
  ['MultiPolygon', readMultiPolygon],
  ['MultiSurface', readMultiPolygon],
  ['MultiGeometry', readCollection],
]);

function invalid(problem: string): InvalidError {
  return new InvalidError(`The GML geometry cannot be read: ${problem}.`, { subject: 'geometry' });
}
