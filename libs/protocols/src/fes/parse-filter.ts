import { complement } from '#domain/catalog/complement.js';
import type { Filter } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import type { XmlElement } from '../xml/xml-element.js';
import { childrenOf, textOf } from '../xml/xml-path.js';
import { attribute } from '../xml/xml-path.js';
import type { FilterNames } from './filter-names.js';
import { COMPARISONS } from './parse-comparison.js';
import { SPATIAL_OPERATORS, parseSpatial } from './parse-spatial.js';
import { TEMPORAL_OPERATORS, parseTemporal } from './parse-temporal.js';

/** Namespaces of Filter Encoding 1.1 (OGC 04-095) and 2.0 (OGC 09-026r2); what differs between them is names, read side by side. */
export const FILTER_NAMESPACES = ['http://www.opengis.net/ogc', 'http://www.opengis.net/fes/2.0'] as const;

const MAX_CONDITIONS = 2000;
const MAX_DEPTH = 64;
const ID_FIELD: Readonly<Record<string, string>> = { FeatureId: 'fid', GmlObjectId: 'id', ResourceId: 'rid' };

/**
 * A `Filter` element of Filter Encoding 1.1 or 2.0 as the filter it stands for; Not is two-valued. Property names are the canonical ones `names` gives,
 * literals stay text. Throws InvalidError for what the standard or this service does not know (functions, foreign namespaces, too many conditions).
 */
export function parseFilter(element: XmlElement, names: FilterNames): Filter {
  if (element.name !== 'Filter') throw refuse(`${element.qname} is no Filter`);
  const conditions = childrenOf(element);
  if (conditions.length === 0) throw refuse('the Filter is empty');
  return new FilterReader(names, element.namespace).all(conditions);
}

class FilterReader {
  private conditions = 0;

  constructor(
    private readonly names: FilterNames,
    private readonly namespace: string,
  ) {
    if (!FILTER_NAMESPACES.some((known) => known === namespace))
      throw refuse(`${namespace} is no namespace of Filter Encoding`);
  }

  /** Several conditions beside each other are resource ids: any of them. */
  all(elements: readonly XmlElement[]): Filter {
    if (elements.every(({ name }) => name in ID_FIELD)) return this.ids(elements);
    const [only, ...more] = elements;
    if (only === undefined || more.length > 0) throw refuse('a Filter holds one condition; join them by And or Or');
    return this.read(only, 1);
  }

  private ids(elements: readonly XmlElement[]): Filter {
    const values = elements.map((each) => attribute(each, ID_FIELD[each.name]!) ?? '');
    return { op: 'in', property: this.names.property('dc:identifier'), values };
  }

  private read(element: XmlElement, depth: number): Filter {
    this.conditions += 1;
    if (this.conditions > MAX_CONDITIONS) throw refuse(`there are more than ${MAX_CONDITIONS} conditions`);
    if (depth > MAX_DEPTH) throw refuse(`conditions are nested deeper than ${MAX_DEPTH}`);
    if (element.namespace !== this.namespace) throw refuse(`${element.qname} is not in the namespace of the Filter`);
    return this.logical(element, depth) ?? this.condition(element);
  }

  private logical(element: XmlElement, depth: number): Filter | undefined {
    const { name } = element;
    if (name !== 'And' && name !== 'Or' && name !== 'Not') return undefined;
    const args = childrenOf(element).map((each) => this.read(each, depth + 1));
    const [first, ...rest] = args;
    if (first === undefined) throw refuse(`${element.qname} holds no condition`);
    if (name !== 'Not') return { op: name === 'And' ? 'and' : 'or', args };
    if (rest.length > 0) throw refuse(`${element.qname} holds one condition`);
    return complement(first);
  }

  private condition(element: XmlElement): Filter {
    const comparison = COMPARISONS.get(element.name);
    if (comparison !== undefined) return comparison(element, this.names);
    if (SPATIAL_OPERATORS.has(element.name)) return parseSpatial(element, this.names);
    if (TEMPORAL_OPERATORS.has(element.name)) return parseTemporal(element, this.names);
    if (element.name in ID_FIELD) return this.ids([element]);
    throw refuse(`${element.qname} is not supported${textOf(element) === undefined ? '' : ' here'}`);
  }
}

function refuse(problem: string): InvalidError {
  return new InvalidError(`The filter cannot be read: ${problem}.`, { subject: 'Filter' });
}
