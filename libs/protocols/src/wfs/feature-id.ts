import type { Product, ProductKey } from '#domain/product/product.js';

/** What a resource id names: a product by collection and id, or by its uuid. */
export type FeatureKey = ProductKey | { readonly uuid: string };

const PLAIN = /^[\w.-]+$/;
/** Ids that cannot stand in an XML name are replaced by this and the product's uuid. */
const BY_UUID = /^uuid-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** `gml:id` of a product: `<feature type>.<id>`, an NCName; `<feature type>.uuid-<uuid>` where the id is no name in XML. */
export function featureId({ collection, id, uuid }: Pick<Product, 'collection' | 'id' | 'uuid'>): string {
  const isPlain = PLAIN.test(id) && !BY_UUID.test(id);
  return `${collection}.${isPlain ? id : `uuid-${uuid}`}`;
}

/** The product a resource id names, by the feature types there are; undefined where it names none of them. */
export function parseFeatureId(text: string, typeNames: readonly string[]): FeatureKey | undefined {
  const collection = typeNames.find((name) => text.startsWith(`${name}.`));
  if (collection === undefined || text.length > 600) return undefined;
  const id = text.slice(collection.length + 1);
  const uuid = BY_UUID.exec(id)?.[1];
  return uuid === undefined ? { collection, id } : { uuid };
}
