import { InvalidError } from '#domain/errors.js';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { isLatitudeFirst, isLongitudeFirst } from './axis-order.js';
import { joinBoxes } from '../records/record-bbox.js';
import { checkRecordBox, checkRecordNumber } from '../records/record-value.js';
import type { XmlElement } from '../xml/xml-element.js';
import { attribute, childrenOf, textAt } from '../xml/xml-path.js';

/**
 * The box of a record from `ows:BoundingBox` (axes as its CRS has them; without a CRS longitude first) or `ows:WGS84BoundingBox` (always longitude
 * first). Halves at the antimeridian become one. Throws InvalidError naming the element; a box in another CRS is left out.
 */
export function readBoundingBoxes(record: XmlElement): BoundingBox | undefined {
  const own = childrenOf(record, 'BoundingBox').flatMap((element) => readBox(element, 'ows:BoundingBox'));
  if (own.length > 0) return joinBoxes(own);
  return joinBoxes(
    childrenOf(record, 'WGS84BoundingBox').flatMap((element) => readBox(element, 'ows:WGS84BoundingBox')),
  );
}

function readBox(element: XmlElement, name: string): readonly BoundingBox[] {
  const crs = name === 'ows:BoundingBox' ? (attribute(element, 'crs') ?? '') : '';
  const latitudeFirst = isLatitudeFirst(crs);
  if (crs !== '' && !latitudeFirst && !isLongitudeFirst(crs)) return [];
  const [x0, y0] = corner(element, 'LowerCorner', name);
  const [x1, y1] = corner(element, 'UpperCorner', name);
  return [checkRecordBox(latitudeFirst ? [y0, x0, y1, x1] : [x0, y0, x1, y1], name)];
}

function corner(element: XmlElement, which: string, name: string): readonly [number, number] {
  const numbers = (textAt(element, which) ?? '').split(/[\s,]+/, 4);
  const [x, y] = numbers;
  if (numbers.length < 2 || x === undefined || y === undefined) {
    throw new InvalidError(`${name} has no ows:${which} of two numbers.`, { subject: name });
  }
  return [checkRecordNumber(x, `ows:${which}`), checkRecordNumber(y, `ows:${which}`)];
}
