import { InvalidError } from '#domain/errors.js';
import { checkGeometry } from '#domain/geometry/check-geometry.js';
import { cutAtAntimeridian } from '#domain/geometry/cut-at-antimeridian.js';
import type { Geometry, Position } from '#domain/geometry/geometry.js';
import type { Ring } from '#domain/geometry/ring.js';
import { isSimple } from '#domain/geometry/self-intersection.js';
import { isLatitudeFirst, isLongitudeFirst } from '../csw/axis-order.js';
import type { XmlElement } from '../xml/xml-element.js';
import { attribute, select, textOf } from '../xml/xml-path.js';

const LIMITS = { subject: 'EX_BoundingPolygon', maxPositions: 10_000, maxLongitude: 180 };

/** The footprint by the polygons of `EX_BoundingPolygon`s; undefined where there is none, or none that can be used: then the box stands for it. */
export function readFootprint(extents: readonly XmlElement[]): Geometry | undefined {
  const polygons = extents.flatMap((extent) => select(extent, '//Polygon'));
  const parts = polygons.flatMap((polygon) => readPolygon(polygon) ?? []);
  const [first] = parts;
  if (first === undefined || parts.length < polygons.length) return undefined;
  return usable(
    parts.length === 1
      ? { type: 'Polygon', coordinates: first.rings }
      : { type: 'MultiPolygon', coordinates: parts.map(({ rings }) => rings) },
  );
}

function readPolygon(polygon: XmlElement): { readonly rings: readonly Ring[] } | undefined {
  const name = attribute(polygon, 'srsName') ?? '';
  if (name !== '' && !isLatitudeFirst(name) && !isLongitudeFirst(name)) return undefined;
  const rings = [...select(polygon, 'exterior/LinearRing'), ...select(polygon, 'interior/LinearRing')];
  return { rings: rings.map((ring) => readRing(ring, isLatitudeFirst(name))) };
}

function readRing(ring: XmlElement, latitudeFirst: boolean): Ring {
  const texts = [...select(ring, 'posList'), ...select(ring, 'pos')].map((list) => textOf(list) ?? '');
  const numbers = texts.join(' ').trim().split(/\s+/).map(Number);
  const positions: Position[] = [];
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    const [first, second] = [numbers[at]!, numbers[at + 1]!];
    positions.push(latitudeFirst ? [second, first] : [first, second]);
  }
  return positions;
}

function usable(geometry: Geometry): Geometry | undefined {
  try {
    checkGeometry(geometry, LIMITS);
    return isSimple(geometry) ? cutAtAntimeridian(geometry) : undefined;
  } catch (error) {
    if (error instanceof InvalidError) return undefined;
    throw error;
  }
}
