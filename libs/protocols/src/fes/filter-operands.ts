import { InvalidError } from '#domain/errors.js';
import type { XmlElement } from '../xml/xml-element.js';
import { childrenOf, textOf } from '../xml/xml-path.js';

/** The names a property reference has in Filter Encoding 1.1 and 2.0. */
const REFERENCES = new Set(['PropertyName', 'ValueReference']);

/** The property an operator is about, as written. Throws InvalidError where there is none. */
export function propertyOf(operator: XmlElement): string {
  const name = referenceOf(operator);
  if (name === undefined) throw unreadable(`${operator.qname} names no property`);
  return name;
}

/** As propertyOf, undefined where there is none. */
export function referenceOf(operator: XmlElement): string | undefined {
  return textOf(childrenOf(operator).find(({ name }) => REFERENCES.has(name)));
}

/** The text of the only literal of an operator (or of a boundary). Throws InvalidError for functions, arithmetic and other expressions. */
export function literalOf(operator: XmlElement): string {
  const others = childrenOf(operator).filter(({ name }) => !REFERENCES.has(name));
  const [literal, ...more] = others;
  if (literal === undefined || more.length > 0) throw unreadable(`${operator.qname} compares with one literal`);
  if (literal.name !== 'Literal') throw unreadable(`${literal.qname} is not supported; compare with a Literal`);
  return textOf(literal) ?? '';
}

/** What every problem of a filter is said with. */
export function unreadable(problem: string): InvalidError {
  return new InvalidError(`The filter cannot be read: ${problem}.`, { subject: 'Filter' });
}
