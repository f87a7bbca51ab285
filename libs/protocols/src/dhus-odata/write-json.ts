import {
  isComplex,
  type NavigationLink,
  type ODataEntity,
  type ODataProperty,
  type ODataValue,
} from './odata-value.js';

/** A page of entities and what belongs to it. */
export interface EntityFeed {
  /** Path behind the service root. */
  readonly path: string;
  readonly title: string;
  readonly entities: readonly ODataEntity[];
  /** With `$inlinecount=allpages`. */
  readonly count?: number;
  /** Address of the rest, where the service and not the client ended the page. */
  readonly next?: string;
}

/** An entity as OData 2.0 JSON: `{"d":{…}}`. `root` is the address of the service, without slash at the end. */
export function writeJsonEntity(entity: ODataEntity, root: string): string {
  return JSON.stringify({ d: jsonEntity(entity, root) });
}

/** Entities as OData 2.0 JSON: `{"d":{"results":[…]}}`. */
export function writeJsonFeed({ entities, count, next }: EntityFeed, root: string): string {
  return JSON.stringify({
    d: {
      ...(count === undefined ? {} : { __count: String(count) }),
      results: entities.map((entity) => jsonEntity(entity, root)),
      ...(next === undefined ? {} : { __next: next }),
    },
  });
}

/** A property as OData 2.0 JSON: `{"d":{"Online":true}}`. */
export function writeJsonProperty({ name, value }: ODataProperty): string {
  return JSON.stringify({ d: { [name]: jsonValue(value) } });
}

/** An error as OData 2.0 JSON. */
export function writeJsonError(message: string): string {
  return JSON.stringify({ error: { code: null, message: { lang: 'en', value: message } } });
}

function jsonEntity(entity: ODataEntity, root: string): Readonly<Record<string, unknown>> {
  const uri = `${root}/${entity.path}`;
  const media =
    entity.mediaType === undefined
      ? {}
      : { content_type: entity.mediaType, media_src: `${uri}/$value`, edit_media: `${uri}/$value` };
  return {
    __metadata: { id: uri, uri, type: `DHuS.${entity.type}`, ...media },
    ...Object.fromEntries(entity.properties.map(({ name, value }) => [name, jsonValue(value)])),
    ...Object.fromEntries(entity.links.map((link) => [link.name, jsonLink(link, `${uri}/${link.name}`, root)])),
  };
}

function jsonLink({ inline }: NavigationLink, uri: string, root: string): unknown {
  if (inline === undefined) return { __deferred: { uri } };
  if (!isEntity(inline)) return { results: inline.map((entity) => jsonEntity(entity, root)) };
  return jsonEntity(inline, root);
}

function isEntity(inline: ODataEntity | readonly ODataEntity[]): inline is ODataEntity {
  return !Array.isArray(inline);
}

/** Edm.Int64 is a text, Edm.DateTime `/Date(milliseconds)/` (OData 2.0 JSON format §4). */
function jsonValue(value: ODataValue): unknown {
  if (value instanceof Date) return `/Date(${value.getTime()})/`;
  if (typeof value === 'number') return String(value);
  if (!isComplex(value)) return value;
  const parts = value.properties.map(({ name, value: part }) => [name, jsonValue(part)] as const);
  return { __metadata: { type: `DHuS.${value.type}` }, ...Object.fromEntries(parts) };
}
