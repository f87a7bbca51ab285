import type { Collection } from '#domain/collection/collection.js';
import { InvalidError } from '#domain/errors.js';
import { attributeField } from './attribute-fields.js';
import { collectionNameField } from './collection-name.js';
import type { ODataVocabulary } from './odata-vocabulary.js';
import { PRODUCT_NAME_FIELD } from './product-name.js';
import { constantField, latestField, propertyField, type SearchableField } from './searchable-field.js';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Media type CDSE gives every product. */
export const PRODUCT_MEDIA_TYPE = 'application/octet-stream';

const FIELDS: Readonly<Record<string, SearchableField>> = {
  id: uuidField(),
  name: PRODUCT_NAME_FIELD,
  online: onlineField(),
  latest: latestField(),
  contentlength: propertyField('size', 'integer'),
  contenttype: constantField(PRODUCT_MEDIA_TYPE),
  'contentdate/start': propertyField('acquiredFrom', 'date'),
  'contentdate/end': propertyField('acquiredTo', 'date'),
  publicationdate: propertyField('published', 'date'),
  // When the producer had it is not kept: what we say of it is when it came here, and so it is searched.
  origindate: propertyField('published', 'date'),
  modificationdate: propertyField('updated', 'date'),
};

/** What `$filter` and `$orderby` of Products may name, in any case: CDSE's properties and attributes over the catalogue's. */
export function productVocabulary(collections: readonly Collection[]): ODataVocabulary {
  const collection = collectionNameField(collections);
  return {
    field: (path) => {
      const name = path.join('/').toLowerCase();
      if (name === 'collection/name') return collection;
      return Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    },
    attribute: attributeField,
  };
}

/** `Id`, with or without quotes. */
export function uuidField(): SearchableField {
  const plain = propertyField('uuid', 'string');
  return {
    ...plain,
    compare: (op, value, folds) => {
      const text = String(value.value);
      if (UUID.test(text))
        return plain.compare(op, { kind: 'literal', type: 'guid', value: text.toLowerCase() }, folds);
      throw new InvalidError(`Id is compared with ${JSON.stringify(text.slice(0, 60))}, which is no UUID.`, {
        subject: 'Id',
      });
    },
  };
}

/** `Online`: true for what can be downloaded now. */
function onlineField(): SearchableField {
  return {
    isNull: { op: 'constant', value: false },
    sortBy: 'online',
    compare: (op, value) => {
      const given = String(value.value).toLowerCase();
      if ((given !== 'true' && given !== 'false') || (op !== 'eq' && op !== 'ne')) {
        throw new InvalidError('Online is equal to true or false, or is not.', { subject: 'Online' });
      }
      return { op: (given === 'true') === (op === 'eq') ? 'eq' : 'ne', property: 'online', value: 'online' };
    },
    matches: () => {
      throw new InvalidError('Online is no text.', { subject: 'Online' });
    },
  };
}
