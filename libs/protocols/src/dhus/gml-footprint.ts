import type { Geometry, Position } from '#domain/geometry/geometry.js';
import { polygonsOf } from '../om/footprint.js';
import { writeElement } from '../xml/write-xml.js';
import { el } from '../xml/xml-element.js';

type Ring = readonly Position[];

/**
 * The footprint as DHuS writes it: one `gml:Polygon` of GML 2, latitude,longitude. Clients read nothing but its outer ring, so a footprint cut at the
 * antimeridian is joined again to one that jumps from 180 to -180; of other several polygons the first is written. Undefined where there is no area.
 */
export function writeGmlFootprint(geometry: Geometry | null): string | undefined {
  const rings =
    geometry === null ? [] : polygonsOf(geometry).flatMap(([outer]) => (outer === undefined ? [] : [outer]));
  const [first, second] = rings;
  if (first === undefined) return undefined;
  const ring = (rings.length === 2 && second !== undefined && joined(first, second)) || first;
  const coordinates = ring.map(([longitude, latitude]) => `${latitude},${longitude}`).join(' ');
  return writeElement(
    el(
      'gml:Polygon',
      { srsName: 'http://www.opengis.net/gml/srs/epsg.xml#4326', 'xmlns:gml': 'http://www.opengis.net/gml' },
      el('gml:outerBoundaryIs', {}, el('gml:LinearRing', {}, el('gml:coordinates', {}, coordinates))),
    ),
  );
}

/** Two rings that share one seam along the antimeridian as one ring; undefined where they do not. */
function joined(a: Ring, b: Ring): Ring | undefined {
  const [east, west] = [openAt(a, 180) ?? openAt(b, 180), openAt(b, -180) ?? openAt(a, -180)];
  if (east === undefined || west === undefined) return undefined;
  const [start] = east;
  return start === undefined ? undefined : [...east, ...west, start];
}

/** The positions off the seam, in order, beginning behind it; undefined where the ring touches it in several places, or nowhere. */
function openAt(ring: Ring, seam: 180 | -180): Ring | undefined {
  const open = ring.slice(0, -1);
  const isOn = (index: number): boolean => open[(index + open.length) % open.length]?.[0] === seam;
  const starts = open.flatMap((_, index) => (!isOn(index) && isOn(index - 1) ? [index] : []));
  const [start] = starts;
  if (start === undefined || starts.length > 1) return undefined;
  return [...open.slice(start), ...open.slice(0, start)].filter((_, index) => !isOn(start + index));
}
