const VERSION_AT = 14;
/** Turns version 5 (by name) into 8 (free form, RFC 9562 §5.8) and back. */
const MASK = 0xd;

/** The id of a product's quick-look: the product's own, marked as another kind of UUID, so that it needs no table to be found by. */
export function assetIdOf(productUuid: string): string {
  const version = Number.parseInt(productUuid[VERSION_AT] ?? '0', 16) ^ MASK;
  return `${productUuid.slice(0, VERSION_AT)}${version.toString(16)}${productUuid.slice(VERSION_AT + 1)}`;
}

/** The product an asset's id belongs to; the other way round. */
export function productOfAsset(assetId: string): string {
  return assetIdOf(assetId);
}
