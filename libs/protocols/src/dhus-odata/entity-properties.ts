import { InvalidError } from '#domain/errors.js';

/** What a property of an entity is searched and sorted by: a queryable, one with the one value that counts, or a constant. */
export type SearchedProperty =
  | { readonly kind: 'queryable'; readonly property: string; readonly type: 'text' | 'number' | 'date' }
  /** True where the queryable has this value. */
  | { readonly kind: 'flag'; readonly property: string; readonly whenTrue: string }
  | { readonly kind: 'constant'; readonly value: string | boolean | null };

/** The searched properties of an entity type by path. */
export type PropertyTable = ReadonlyMap<string, SearchedProperty>;

const text = (property: string): SearchedProperty => ({ kind: 'queryable', property, type: 'text' });
const date = (property: string): SearchedProperty => ({ kind: 'queryable', property, type: 'date' });

/** Properties of `DHuS.Product`. */
export const PRODUCT_PROPERTIES: PropertyTable = new Map<string, SearchedProperty>([
  ['Id', text('uuid')],
  ['Name', text('id')],
  ['ContentLength', { kind: 'queryable', property: 'size', type: 'number' }],
  ['CreationDate', date('published')],
  ['IngestionDate', date('published')],
  ['ModificationDate', date('updated')],
  ['ContentDate/Start', date('acquiredFrom')],
  ['ContentDate/End', date('acquiredTo')],
  ['Online', { kind: 'flag', property: 'online', whenTrue: 'online' }],
  ['OnDemand', { kind: 'constant', value: false }],
  ['EvictionDate', { kind: 'constant', value: null }],
  ['ContentType', { kind: 'constant', value: 'application/octet-stream' }],
  ['Checksum/Algorithm', { kind: 'constant', value: 'MD5' }],
]);

/** Properties of `DHuS.DeletedProduct`. */
export const DELETED_PROPERTIES: PropertyTable = new Map<string, SearchedProperty>([
  ['Id', text('uuid')],
  ['Name', text('id')],
  ['DeletionDate', date('deleted')],
  ['DeletionCause', text('cause')],
  ['CreationDate', { kind: 'constant', value: null }],
  ['IngestionDate', { kind: 'constant', value: null }],
]);

/** The property at a path. Throws InvalidError in Olingo's words. */
export function searchedProperty(table: PropertyTable, path: string): SearchedProperty {
  const found = table.get(path);
  if (found !== undefined) return found;
  throw new InvalidError(`Could not find property with name: '${path}', or it cannot be searched by.`, {
    subject: path,
  });
}
