import { InvalidError } from '#domain/errors.js';
import type { Position } from '#domain/geometry/geometry.js';
import type { XmlElement } from '../xml/xml-element.js';
import { attribute, child, childrenOf, textOf } from '../xml/xml-path.js';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const MAX_POSITIONS = 20_000;

/** How the numbers of an element are read: which axis is first. */
export type AxisOrder = 'longitude' | 'latitude';

/** The positions of an element that has `pos`, `posList`, `coordinates` or `coord` children (GML 2.1.2, 3.1.1, 3.2.1), longitude first. Throws InvalidError. */
export function parsePositions(element: XmlElement, order: AxisOrder): readonly Position[] {
  const listed = child(element, 'posList');
  if (listed !== undefined) return split(numbersOf(listed), dimensionOf(listed, element), order);
  const coordinates = child(element, 'coordinates');
  if (coordinates !== undefined) return parseTuples(coordinates, order);
  const single = childrenOf(element).flatMap((each) => {
    if (each.name === 'pos') return [position(numbersOf(each), order)];
    if (each.name === 'pointProperty' || each.name === 'pointRep') return parsePoints(each, order);
    return each.name === 'coord' ? [parseCoord(each, order)] : [];
  });
  if (single.length === 0) throw invalid(`${element.qname} has no coordinates`);
  return single;
}

/** One corner of an Envelope. Throws InvalidError. */
export function parseCorner(element: XmlElement, order: AxisOrder): Position {
  return position(numbersOf(element), order);
}

function parsePoints(property: XmlElement, order: AxisOrder): readonly Position[] {
  return childrenOf(property, 'Point').flatMap((point) => parsePositions(point, order));
}

function parseCoord(element: XmlElement, order: AxisOrder): Position {
  const numbers = ['X', 'Y'].map((name) => Number(textOf(child(element, name)) ?? Number.NaN));
  return position(numbers, order);
}

/** `x,y x,y` with the separators the element names. */
function parseTuples(element: XmlElement, order: AxisOrder): readonly Position[] {
  const [cs = ',', ts = ' '] = [attribute(element, 'cs'), attribute(element, 'ts')];
  const text = (textOf(element) ?? '').replaceAll(/\s+/g, ' ');
  const tuples = text.split(ts).filter((tuple) => tuple.trim() !== '');
  if (tuples.length > MAX_POSITIONS) throw tooMany();
  return tuples.map((tuple) => position(tuple.split(cs).map(toNumber), order));
}

function dimensionOf(listed: XmlElement, parent: XmlElement): number {
  const given =
    attribute(listed, 'srsDimension') ?? attribute(listed, 'dimension') ?? attribute(parent, 'srsDimension');
  if (given === undefined || given === '2') return 2;
  if (given === '3') return 3;
  throw invalid(`srsDimension="${given}" is neither 2 nor 3`);
}

function split(numbers: readonly number[], dimension: number, order: AxisOrder): readonly Position[] {
  if (numbers.length === 0 || numbers.length % dimension !== 0) {
    throw invalid(`${numbers.length} numbers are no list of positions of ${dimension}`);
  }
  return Array.from({ length: numbers.length / dimension }, (_, index) =>
    position(numbers.slice(index * dimension, (index + 1) * dimension), order),
  );
}

function position(numbers: readonly number[], order: AxisOrder): Position {
  const [first, second, height] = numbers;
  if (first === undefined || second === undefined || numbers.length > 3) throw invalid('a position has 2 or 3 numbers');
  const [longitude, latitude] = order === 'latitude' ? [second, first] : [first, second];
  if (!(Math.abs(longitude) <= 540) || !(Math.abs(latitude) <= 90)) {
    throw invalid(
      `longitude ${longitude}, latitude ${latitude} lies outside the world (is the axis order that of the srsName?)`,
    );
  }
  return height === undefined ? [longitude, latitude] : [longitude, latitude, height];
}

function numbersOf(element: XmlElement): readonly number[] {
  const words = (textOf(element) ?? '').split(/\s+/).filter((word) => word !== '');
  if (words.length > MAX_POSITIONS * 2) throw tooMany();
  return words.map(toNumber);
}

function toNumber(word: string): number {
  if (NUMBER.test(word.trim())) return Number(word);
  throw invalid(`"${word.slice(0, 50)}" is no number`);
}

function tooMany(): InvalidError {
  return invalid(`there are more than ${MAX_POSITIONS} positions; simplify it`);
}

function invalid(problem: string): InvalidError {
  return new InvalidError(`The GML geometry cannot be read: ${problem}.`, { subject: 'geometry' });
}
