import { FALSE, TRUE } from '../odata/combine-filters.js';
import type { ODataVocabulary } from '../odata/odata-vocabulary.js';
import { constantField, latestField, propertyField, type SearchableField } from '../odata/searchable-field.js';
import { PRODUCT_MEDIA_TYPE } from './product-entity.js';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** What `$filter` and `$orderby` may name of `DHuS.Product`; what the catalogue does not keep apart or at all is not searched by. */
export const PRODUCT_VOCABULARY = vocabularyOf({
  Id: idField(),
  Name: propertyField('id', 'string'),
  ContentType: constantField(PRODUCT_MEDIA_TYPE),
  ContentLength: propertyField('size', 'integer'),
  CreationDate: propertyField('published', 'date'),
  IngestionDate: propertyField('published', 'date'),
  ModificationDate: propertyField('updated', 'date'),
  EvictionDate: absentField(),
  Online: flagField('online', 'online'),
  Latest: latestField(),
  OnDemand: constantField('false'),
  'ContentDate/Start': propertyField('acquiredFrom', 'date'),
  'ContentDate/End': propertyField('acquiredTo', 'date'),
  'Checksum/Algorithm': constantField('MD5'),
});

/** What `$filter` and `$orderby` may name of `DHuS.DeletedProduct`, over the tombstones of the change feed. */
export const DELETED_VOCABULARY = vocabularyOf({
  Id: idField(),
  Name: propertyField('id', 'string'),
  DeletionDate: propertyField('deleted', 'date'),
  DeletionCause: propertyField('cause', 'string'),
  CreationDate: absentField(),
  IngestionDate: absentField(),
});

function vocabularyOf(fields: Readonly<Record<string, SearchableField>>): ODataVocabulary {
  return {
    field: (path) => {
      const name = path.join('/');
      return Object.hasOwn(fields, name) ? fields[name] : undefined;
    },
  };
}

/** Ids are plain texts for the protocol: one that is no UUID is nobody's. */
function idField(): SearchableField {
  const plain = propertyField('uuid', 'string');
  return {
    ...plain,
    compare: (op, value, folds) => {
      if (UUID.test(String(value.value))) return plain.compare(op, value, folds);
      return op === 'ne' ? TRUE : FALSE;
    },
  };
}

/** What nothing ever has. */
function absentField(): SearchableField {
  return { isNull: TRUE, compare: () => FALSE, matches: () => FALSE };
}

/** True where the property has that value. */
function flagField(property: string, whenTrue: string): SearchableField {
  return {
    isNull: FALSE,
    sortBy: property,
    compare: (op, value) => {
      const wanted = (String(value.value) === 'true') === (op === 'eq');
      return { op: wanted ? 'eq' : 'ne', property, value: whenTrue };
    },
    matches: () => FALSE,
  };
}
