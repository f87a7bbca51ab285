import type { Filter } from '#domain/catalog/catalog-query.js';
import type { XmlElement } from '../xml/xml-element.js';
import { childrenOf, selectFirst, textAt, textOf } from '../xml/xml-path.js';
import type { FilterNames } from './filter-names.js';
import { propertyOf, unreadable } from './filter-operands.js';

type Relation = (property: string, begin: string, end: string) => Filter;

/** Temporal operators of Filter Encoding 2.0 (OGC 09-026r2 §7.9) on a property that is an instant. */
const RELATIONS: ReadonlyMap<string, Relation> = new Map<string, Relation>([
  ['After', (property, _begin, value) => ({ op: 'gt', property, value })],
  ['Before', (property, value) => ({ op: 'lt', property, value })],
  ['TEquals', (property, lower, upper) => ({ op: 'between', property, lower, upper })],
  ['During', (property, lower, upper) => ({ op: 'between', property, lower, upper })],
  ['AnyInteracts', (property, lower, upper) => ({ op: 'between', property, lower, upper })],
  ['Begins', (property, value) => ({ op: 'eq', property, value })],
  ['Ends', (property, _begin, value) => ({ op: 'eq', property, value })],
]);

/** Names of the temporal operators that are read. */
export const TEMPORAL_OPERATORS: ReadonlySet<string> = new Set(RELATIONS.keys());

/** One temporal operator with a TimeInstant, a TimePeriod or a literal. Throws InvalidError. */
export function parseTemporal(element: XmlElement, names: FilterNames): Filter {
  const property = names.property(propertyOf(element));
  const operand = childrenOf(element).find(({ name }) => name !== 'ValueReference' && name !== 'PropertyName');
  const instant = textAt(operand, 'timePosition') ?? (operand?.name === 'Literal' ? textOf(operand) : undefined);
  const begin = instant ?? boundary(operand, 'begin');
  const end = instant ?? boundary(operand, 'end');
  if (begin === undefined || end === undefined)
    throw unreadable(`${element.qname} needs a TimeInstant or a TimePeriod`);
  return RELATIONS.get(element.name)!(property, begin, end);
}

function boundary(period: XmlElement | undefined, which: 'begin' | 'end'): string | undefined {
  return textOf(selectFirst(period, `${which}Position`)) ?? textAt(period, `${which}/TimeInstant/timePosition`);
}
