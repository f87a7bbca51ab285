import { NotFoundError } from '#domain/errors.js';
import type { Delivery } from '#platform/delivery/delivery.js';
import type { QueryString } from '#protocols/dhus/query-string.js';
import { isComplex, writePrimitive, type ODataEntity, type ODataProperty } from '#protocols/dhus-odata/odata-value.js';
import type { PathSegment } from '#protocols/dhus-odata/resource-path.js';
import { propertyAt } from '#protocols/dhus-odata/select-properties.js';
import type { EntityFeed } from '#protocols/dhus-odata/write-json.js';

/** What a path of the OData service leads to. */
export type HubResource =
  | { readonly kind: 'service' | 'metadata' }
  | { readonly kind: 'feed'; readonly feed: EntityFeed }
  | { readonly kind: 'entity'; readonly entity: ODataEntity }
  | { readonly kind: 'property'; readonly property: ODataProperty }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'media'; readonly delivery: Delivery };

/** A request for one. */
export interface HubRequest {
  readonly parameters: QueryString;
  /** Address of the service, without slash at the end. */
  readonly root: string;
  readonly signal?: AbortSignal;
}

/** An entity, one of its properties, or the value of one: what the segments behind it name. Throws NotFoundError. */
export function resourceOfEntity(entity: ODataEntity, tail: readonly PathSegment[]): HubResource {
  if (tail.length === 0) return { kind: 'entity', entity };
  const isValue = tail.at(-1)?.name === '$value';
  const path = (isValue ? tail.slice(0, -1) : tail).map(({ name, key }) =>
    key === undefined ? name : `${name}('${key}')`,
  );
  const property = propertyAt(entity, path);
  if (property === undefined) throw new NotFoundError(`Could not find property with name: '${path.join('/')}'.`);
  if (!isValue) return { kind: 'property', property };
  if (property.value === null || isComplex(property.value)) {
    throw new NotFoundError(`The property ${path.join('/')} has no value.`);
  }
  return { kind: 'text', text: writePrimitive(property.value) };
}

/** Entities that are all at hand, as a feed or as their number. Throws NotFoundError for any other path. */
export function resourceOfList(
  list: { readonly path: string; readonly title: string; readonly entities: readonly ODataEntity[] },
  tail: readonly PathSegment[],
): HubResource {
  const [next, ...rest] = tail;
  if (next === undefined) return { kind: 'feed', feed: list };
  if (next.name === '$count' && rest.length === 0) return { kind: 'text', text: String(list.entities.length) };
  throw noResource(next);
}

/** In the words of the framework DHuS runs on, which clients look for. */
export function invalidKey(key: string, set: string): NotFoundError {
  return new NotFoundError(`Invalid key (${key}) to access ${set}`, { subject: key });
}

/** A segment that leads nowhere. */
export function noResource({ name }: PathSegment): NotFoundError {
  return new NotFoundError(`Could not find an entity set or property for '${name}'.`, { subject: name });
}
