import type { Tombstone } from '#domain/catalog/catalog-change.js';
import type { Collection } from '#domain/collection/collection.js';
import { collectionNameField } from './collection-name.js';
import type { ODataVocabulary } from './odata-vocabulary.js';
import { writeODataInstant } from './odata-time.js';
import { nameOfId, PRODUCT_NAME_FIELD } from './product-name.js';
import { PRODUCT_MEDIA_TYPE, uuidField } from './product-vocabulary.js';
import { propertyField, type SearchableField } from './searchable-field.js';

const FIELDS: Readonly<Record<string, SearchableField>> = {
  id: uuidField(),
  name: PRODUCT_NAME_FIELD,
  deletiondate: propertyField('deleted', 'date'),
  deletioncause: propertyField('cause', 'string'),
};

/** What `$filter` and `$orderby` of DeletedProducts may name: what is left of a removed product. */
export function deletedVocabulary(collections: readonly Collection[]): ODataVocabulary {
  const collection = collectionNameField(collections);
  return {
    field: (path) => {
      const name = path.join('/').toLowerCase();
      if (name === 'collection/name') return collection;
      return Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    },
  };
}

/** A removed product as CDSE writes it; what went with it is not told again. */
export function writeDeletedProduct({ uuid, id, deleted, cause }: Tombstone): Record<string, unknown> {
  return {
    '@odata.mediaContentType': PRODUCT_MEDIA_TYPE,
    Id: uuid,
    Name: nameOfId(id),
    ContentType: PRODUCT_MEDIA_TYPE,
    DeletionDate: writeODataInstant(deleted),
    DeletionCause: cause,
  };
}
