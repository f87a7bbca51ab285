import { queryablesOf, type ProtocolNames } from '#domain/catalog/queryables.js';
import type { PropertyValue } from '#domain/product/product.js';
import { typedValue } from '../records/observation-terms.js';

/** How the vocabulary spells what sources spell otherwise. */
const SPELLINGS: Readonly<Record<string, (text: string) => string>> = {
  orbitDirection: (text) => text.toLowerCase(),
  lookDirection: (text) => text.toLowerCase(),
};

/** The properties of an observation by a protocol's names; what the vocabulary does not know, or is of another type, is left out. */
export function upstreamProperties(
  protocol: keyof ProtocolNames,
  given: Iterable<readonly [name: string, value: unknown]>,
): Readonly<Record<string, PropertyValue>> {
  const known = queryablesOf(protocol);
  const properties: Record<string, PropertyValue> = {};
  for (const [name, value] of given) {
    const queryable = known.get(name);
    if (queryable === undefined || queryable.core || !isPlain(value)) continue;
    const spell = SPELLINGS[queryable.name] ?? ((text: string) => text);
    const read = typedValue(queryable, spell(String(value).trim()));
    if (read !== undefined && read !== '') properties[queryable.name] ??= read;
  }
  return properties;
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
