import type { ComparisonOperator, Filter } from '#domain/catalog/catalog-query.js';
import type { XmlElement } from '../xml/xml-element.js';
import { attribute, child } from '../xml/xml-path.js';
import type { FilterNames } from './filter-names.js';
import { literalOf, propertyOf, unreadable } from './filter-operands.js';
import { toLikePattern } from './like-pattern.js';

/** Reads one comparison operator. */
export type ComparisonReader = (element: XmlElement, names: FilterNames) => Filter;

const binary =
  (op: ComparisonOperator): ComparisonReader =>
  (element, names) => ({
    op,
    property: names.property(propertyOf(element)),
    value: literalOf(element),
    ...(attribute(element, 'matchCase') === 'false' ? { caseInsensitive: true } : {}),
  });

/** Comparison operators of Filter Encoding by name (OGC 04-095 §8.4, 09-026r2 §7.7); a name both versions have means the same. */
export const COMPARISONS: ReadonlyMap<string, ComparisonReader> = new Map<string, ComparisonReader>([
  ['PropertyIsEqualTo', binary('eq')],
  ['PropertyIsNotEqualTo', binary('ne')],
  ['PropertyIsLessThan', binary('lt')],
  ['PropertyIsLessThanOrEqualTo', binary('le')],
  ['PropertyIsGreaterThan', binary('gt')],
  ['PropertyIsGreaterThanOrEqualTo', binary('ge')],
  ['PropertyIsLike', parseLike],
  ['PropertyIsBetween', parseBetween],
  ['PropertyIsNull', parseNull],
  ['PropertyIsNil', parseNull],
]);

function parseLike(element: XmlElement, names: FilterNames): Filter {
  const characters = {
    wildCard: attribute(element, 'wildCard') ?? '*',
    singleChar: attribute(element, 'singleChar') ?? '?',
    escapeChar: attribute(element, 'escapeChar') ?? attribute(element, 'escape') ?? '\\',
  };
  return {
    op: 'like',
    property: names.property(propertyOf(element)),
    pattern: toLikePattern(literalOf(element), characters),
    ...(attribute(element, 'matchCase') === 'false' ? { caseInsensitive: true } : {}),
  };
}

function parseBetween(element: XmlElement, names: FilterNames): Filter {
  const [lower, upper] = [child(element, 'LowerBoundary'), child(element, 'UpperBoundary')];
  if (lower === undefined || upper === undefined) throw unreadable(`${element.qname} needs both boundaries`);
  const property = names.property(propertyOf(element));
  return { op: 'between', property, lower: literalOf(lower), upper: literalOf(upper) };
}

function parseNull(element: XmlElement, names: FilterNames): Filter {
  return { op: 'isNull', property: names.property(propertyOf(element)) };
}
