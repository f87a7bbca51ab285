import type { Filter, SpatialRelation } from '#domain/catalog/catalog-query.js';
import { complement } from '#domain/catalog/complement.js';
import { isGml, parseGml } from '../gml/parse-gml.js';
import type { XmlElement } from '../xml/xml-element.js';
import { attribute, child, childrenOf, textOf } from '../xml/xml-path.js';
import type { FilterNames } from './filter-names.js';
import { referenceOf, unreadable } from './filter-operands.js';

const RELATIONS: ReadonlyMap<string, SpatialRelation> = new Map([
  ['BBOX', 'intersects'],
  ['Equals', 'equals'],
  ['Disjoint', 'disjoint'],
  ['Touches', 'touches'],
  ['Within', 'within'],
  ['Overlaps', 'overlaps'],
  ['Crosses', 'crosses'],
  ['Intersects', 'intersects'],
  ['Contains', 'contains'],
]);

/** Metres in the units a distance is given in. */
const METRES: Readonly<Record<string, number>> = {
  m: 1, metre: 1, metres: 1, meter: 1, meters: 1, km: 1000, kilometre: 1000, kilometres: 1000, kilometer: 1000, kilometers: 1000, mi: 1609.344, ft: 0.3048,
}; // prettier-ignore

/** Spatial operators of Filter Encoding (OGC 04-095 §9, 09-026r2 §7.8). */
export const SPATIAL_OPERATORS: ReadonlySet<string> = new Set([...RELATIONS.keys(), 'DWithin', 'Beyond']);

/** One spatial operator with its geometry in GML. Throws InvalidError, for a property that is no geometry too. */
export function parseSpatial(element: XmlElement, names: FilterNames): Filter {
  names.geometry(referenceOf(element));
  const operand = childrenOf(element).find(isGml);
  if (operand === undefined) throw unreadable(`${element.qname} has no GML geometry that is supported`);
  const geometry = parseGml(operand);
  const relation = RELATIONS.get(element.name);
  if (relation !== undefined) return { op: 'spatial', relation, geometry };
  const near: Filter = { op: 'distance', geometry, distance: distanceOf(element) };
  return element.name === 'Beyond' ? complement(near) : near;
}

function distanceOf(element: XmlElement): number {
  const distance = child(element, 'Distance');
  const unit = attribute(distance, 'units') ?? attribute(distance, 'uom') ?? 'm';
  const metres = METRES[unit.toLowerCase().split(/[:#/]/).at(-1) ?? ''];
  const number = Number(textOf(distance) ?? Number.NaN);
  if (metres === undefined || !(number >= 0)) throw unreadable(`${element.qname} needs a Distance in m or km`);
  return number * metres;
}
