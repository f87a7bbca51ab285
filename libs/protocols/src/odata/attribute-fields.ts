import { QUERYABLES, type Queryable } from '#domain/catalog/queryables.js';
import { allOf, noneOf } from './combine-filters.js';
import {
  instrumentStored,
  levelStored,
  missionStored,
  orbitDirectionStored,
  satellitePattern,
} from './attribute-spelling.js';
import { PRODUCT_NAME_FIELD } from './product-name.js';
import { extraField, latestField, propertyField, spelledField, type SearchableField } from './searchable-field.js';

/** An attribute of products: its CDSE name and the queryable behind it. */
export interface ProductAttribute {
  readonly name: string;
  readonly queryable: Queryable;
}

const DATES: Readonly<Record<string, string>> = { acquiredFrom: 'beginningDateTime', acquiredTo: 'endingDateTime' };

/** Attributes under CDSE's names; a queryable without one there keeps ours. */
export const PRODUCT_ATTRIBUTES: readonly ProductAttribute[] = QUERYABLES.flatMap((queryable) => {
  const name = queryable.core ? DATES[queryable.name] : (queryable.names.odata ?? queryable.name);
  return name === undefined ? [] : [{ name, queryable }];
});

/** Sentinel-2 calls the datatake so. */
export const PRODUCT_GROUP = 'productGroupId';

const FIELDS: ReadonlyMap<string, SearchableField> = new Map(
  [
    ...PRODUCT_ATTRIBUTES.map(({ name, queryable }) => [name, fieldOf(queryable)] as const),
    [PRODUCT_GROUP, propertyField('datatake', 'string')] as const,
    ['Name', PRODUCT_NAME_FIELD] as const,
    ['Latest', latestField()] as const,
  ].map(([name, field]) => [name.toLowerCase(), field]),
);

/** The attribute of that name; one the vocabulary does not know is looked for among what producers said besides, and found nowhere if none did. */
export function attributeField(name: string): SearchableField {
  return FIELDS.get(name.toLowerCase()) ?? extraField(name);
}

function fieldOf({ name, type }: Queryable): SearchableField {
  switch (name) {
    case 'constellation':
      return spelledField(name, missionStored);
    case 'instrument':
      return spelledField(name, instrumentStored);
    case 'orbitDirection':
      return spelledField(name, orbitDirectionStored);
    case 'processingLevel':
      return spelledField(name, levelStored);
    case 'platform':
      return satelliteField(name);
    case 'polarisations':
      return polarisationField(name);
    default:
      return propertyField(name, type);
  }
}

/** `A`, which says nothing of the mission, or `S2A`. */
function satelliteField(property: string): SearchableField {
  const plain = propertyField(property, 'string');
  return {
    ...plain,
    compare: (op, value, folds) => {
      const pattern = satellitePattern(String(value.value));
      if (pattern === undefined || (op !== 'eq' && op !== 'ne')) return plain.compare(op, value, folds);
      const found = { op: 'like', property, pattern, caseInsensitive: true } as const;
      return op === 'eq' ? found : noneOf(found);
    },
  };
}

/** CDSE's text of channels, `VV&VH`: found where the product has each of them. */
function polarisationField(property: string): SearchableField {
  const plain = propertyField(property, 'strings');
  return {
    ...plain,
    compare: (op, value, folds) => {
      if (op !== 'eq' && op !== 'ne') return plain.compare(op, value, folds);
      const channels = String(value.value)
        .toUpperCase()
        .split(/[&,+ ]+/)
        .filter((channel) => channel !== '');
      const found = allOf(channels.map((channel) => ({ op: 'eq', property, value: channel })));
      return op === 'eq' ? found : noneOf(found);
    },
  };
}
