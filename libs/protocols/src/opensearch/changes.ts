import type { CatalogChange, ChangePage } from '#domain/catalog/catalog-change.js';
import { productLinks, type Mirror } from '../links/product-links.js';

/** What was asked, to be asked again. */
export interface ChangesAsked {
  readonly limit: number;
  readonly collection?: string;
}

/** A stretch of the change feed as JSON: keys and dates, the address of the STAC Item of what is there; `next` is the position to go on from, also where nothing changed. */
export function writeChanges({ changes, position, hasMore }: ChangePage, mirror: Mirror, asked: ChangesAsked): object {
  const next = new URLSearchParams({
    after: position,
    limit: String(asked.limit),
    ...(asked.collection === undefined ? {} : { collection: asked.collection }),
  });
  return {
    changes: changes.map((change) => writeChange(change, mirror)),
    next: position,
    hasMore,
    links: [{ rel: 'next', type: 'application/json', href: `${mirror.address}/opensearch/changes?${next.toString()}` }],
  };
}

function writeChange(change: CatalogChange, mirror: Mirror): object {
  const { kind, at, position } = change;
  if (kind === 'deleted') {
    const { collection, id, uuid, deleted, cause } = change.tombstone;
    return { kind, collection, id, uuid, at, position, deleted, cause };
  }
  const { collection, id, uuid } = change.product;
  return { kind, collection, id, uuid, at, position, item: productLinks(change.product, mirror).item };
}
