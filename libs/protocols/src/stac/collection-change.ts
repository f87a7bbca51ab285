import { ConflictError, InvalidError } from '#domain/errors.js';
import type { Collection } from '#domain/collection/collection.js';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import type { CollectionSummary } from '#domain/ports/product-catalog.js';
import { isSameJson } from '../json/json-value.js';
import { requireValidStac } from './schemas/validate-stac.js';
import { parseStacCollection } from './stac-collection-read.js';
import { writeCollection } from './stac-collection.js';

/**
 * A collection changed to what a STAC Collection says; what that says as it was given out stays as it is kept, the present extent for instance.
 * Throws InvalidError naming the field that is wrong.
 */
export function changeCollection(summary: CollectionSummary, json: unknown, address: string): Collection {
  const current = summary.collection;
  const givenOut: unknown = JSON.parse(JSON.stringify(writeCollection(summary, address)));
  requireValidStac('Collection', json, () => givenOut);
  const given = parseStacCollection(givenOut);
  const next = parseStacCollection(json);
  if (next.id !== current.id)
    throw new InvalidError(`The collection has the id ${next.id}, not ${current.id}.`, { subject: 'id' });
  const { stac: _stac, ...kept } = { ...current, ...differing(given, next) };
  const { links, ...members } = next.stac ?? { links: [] };
  const { links: _given, ...givenMembers } = given.stac ?? { links: [] };
  const stated = Object.keys(members).filter((name) => Object.hasOwn(current.stac ?? {}, name));
  const own = Object.fromEntries(stated.map((name) => [name, members[name]]));
  return { ...kept, stac: { ...own, ...differing(givenMembers, members), links } };
}

/** A written Collection as the mirror keeps it, right by the schemas of STAC and of the extensions it names. Throws InvalidError naming each fault. */
export function readNewCollection(json: unknown): Collection {
  requireValidStac('Collection', json);
  return parseStacCollection(json);
}

/** Throws ConflictError for a collection that comes with the mirror: each start writes its definition anew, so that a change would not last. */
export function requireOwnCollection(id: string): void {
  if (!SENTINEL_COLLECTIONS.some((collection) => collection.id === id)) return;
  throw new ConflictError(`The collection ${id} comes with this mirror: it can be neither changed nor removed.`, {
    subject: id,
  });
}

function differing<T extends object>(given: T, next: T): Partial<T> {
  const before = new Map<string, unknown>(Object.entries(given));
  return Object.fromEntries(
    Object.entries(next).filter(([name, value]) => !isSameJson(before.get(name), value)),
  ) as Partial<T>;
}
