import type { Queryable } from '#domain/catalog/queryables.js';
import type { Product, PropertyValue } from '#domain/product/product.js';

type Core = (product: Product) => PropertyValue | undefined;

/** Queryables that are parts of the product itself. */
const CORE: ReadonlyMap<string, Core> = new Map<string, Core>([
  ['uuid', ({ uuid }) => uuid],
  ['id', ({ id }) => id],
  ['collection', ({ collection }) => collection],
  ['acquiredFrom', ({ acquiredFrom }) => acquiredFrom],
  ['acquiredTo', ({ acquiredTo }) => acquiredTo],
  ['published', ({ published }) => published],
  ['updated', ({ updated }) => updated],
  ['online', ({ online }) => online],
  ['size', ({ content }) => content?.size],
]);

/** What a product has of a queryable: one value or several as text, numbers and truth; undefined where nothing. Instants are ISO 8601. */
export function featureValue(
  product: Product,
  { name, core }: Queryable,
): string | number | boolean | readonly (string | number)[] | undefined {
  const value = core ? CORE.get(name)?.(product) : product.properties[name];
  return value instanceof Date ? value.toISOString() : value;
}
