import type { Mirror } from '../links/product-links.js';

/** Media type of an OpenSearch description (OpenSearch 1.1 §autodiscovery). */
export const DESCRIPTION_TYPE = 'application/opensearchdescription+xml';

/** Address of the description of all collections, or of one. */
export function descriptionHref(mirror: Mirror, parentIdentifier?: string): string {
  const query = parentIdentifier === undefined ? '' : `?${new URLSearchParams({ parentIdentifier }).toString()}`;
  return `${mirror.address}/opensearch/description.xml${query}`;
}
