import { z } from 'zod';
import type { Filter } from '#domain/catalog/catalog-query.js';
import type { Tombstone } from '#domain/catalog/catalog-change.js';
import { InvalidError } from '#domain/errors.js';
import type { DeletedPage, DeletedQuery } from '#domain/ports/change-feed.js';
import { checked } from '../checked.js';
import { limitOf, LIMIT, token } from './search-request.js';
import { parseInstant } from './stac-datetime.js';
import { MEDIA_TYPES, rootLink, stacRoot } from './stac-link.js';

/** Query parameters of `/deletions`. */
export const deletionsParameters = z.object({
  since: z
    .string()
    .transform(checked(parseInstant))
    .optional()
    .describe('RFC 3339 instant: what was removed then or later. Take `completeUntil` of the last round.'),
  collections: z
    .string()
    .transform((text) => text.split(',').filter((id) => id !== ''))
    .pipe(z.array(z.string()).max(LIMIT.most))
    .optional()
    .describe('Collection ids, comma separated.'),
  limit: limitOf(LIMIT.default),
  token,
});

/** A checked request for deletions. */
export type DeletionsRequest = z.output<typeof deletionsParameters>;

/** Where a walk through deletions stands: behind which, and until when it was complete as it began. */
export interface DeletionsPlace {
  readonly completeUntil: Date;
  readonly deleted: Date;
  readonly uuid: string;
}

const instant = z.iso.datetime().transform((text) => new Date(text));
const place = z.object({ completeUntil: instant, deleted: instant, uuid: z.uuid() });

/** The place in a token. Throws InvalidError (subject `token`) for one that is none. */
export function readDeletionsToken(text: string): DeletionsPlace {
  try {
    return place.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch (cause) {
    throw new InvalidError('The token is none of ours.', { subject: 'token', cause });
  }
}

/** The tombstones asked for, oldest deletion first, behind a place. */
export function toDeletedQuery({ since, collections, limit }: DeletionsRequest, after?: DeletionsPlace): DeletedQuery {
  const args: readonly Filter[] = [
    ...(since === undefined ? [] : [{ op: 'ge' as const, property: 'deleted', value: since }]),
    ...(collections === undefined ? [] : [{ op: 'in' as const, property: 'collection', values: collections }]),
    ...(after === undefined ? [] : [behind(after)]),
  ];
  return { filter: { op: 'and', args }, sort: [{ property: 'deleted', direction: 'asc' }], limit, offset: 0 };
}

function behind({ deleted, uuid }: DeletionsPlace): Filter {
  const sameInstant: readonly Filter[] = [
    { op: 'eq', property: 'deleted', value: deleted },
    { op: 'gt', property: 'uuid', value: uuid },
  ];
  return {
    op: 'or',
    args: [
      { op: 'gt', property: 'deleted', value: deleted },
      { op: 'and', args: sameInstant },
    ],
  };
}

/** How a page of deletions was asked for. */
export interface DeletionsAddress {
  readonly address: string;
  readonly url: string;
}

/**
 * A page of what was removed and is not there: `completeUntil`, the same on every page of a walk, is where the next round begins, both here (`since`) and
 * in the search by `updated`.
 */
export function writeDeletions(page: DeletedPage, completeUntil: Date, { address, url }: DeletionsAddress): object {
  const last = page.deleted.at(-1);
  const next = new URL(url);
  if (last !== undefined) next.searchParams.set('token', tokenOf(last, completeUntil));
  return {
    type: 'Deletions',
    completeUntil: completeUntil.toISOString(),
    deletions: page.deleted.map(({ collection, id, deleted, cause }) => ({
      collection,
      id,
      deleted: deleted.toISOString(),
      cause,
    })),
    numberReturned: page.deleted.length,
    links: [
      { rel: 'self', href: url, type: MEDIA_TYPES.json },
      rootLink(address),
      { rel: 'changes', href: changesHref(address, completeUntil), type: MEDIA_TYPES.geojson, title: 'The next round' },
      ...(page.hasNext ? [{ rel: 'next', href: next.href, type: MEDIA_TYPES.json, method: 'GET' }] : []),
    ],
  };
}

/** The search for what was published or changed since: oldest change first. */
function changesHref(address: string, since: Date): string {
  const href = new URL(`${stacRoot(address)}/search`);
  href.searchParams.set('filter', `updated >= TIMESTAMP('${since.toISOString()}')`);
  href.searchParams.set('sortby', '+updated');
  return href.href;
}

function tokenOf({ deleted, uuid }: Tombstone, completeUntil: Date): string {
  return Buffer.from(JSON.stringify({ completeUntil, deleted, uuid })).toString('base64url');
}
