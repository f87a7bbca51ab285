import { queryablesOf, type Queryable } from '#domain/catalog/queryables.js';
import { InvalidError } from '#domain/errors.js';

/** How the values of a field are read. */
export type FieldKind = 'text' | 'date' | 'number' | 'size' | 'footprint' | 'words' | 'onDemand' | 'latest';

/** A field of `q` and `orderby`. */
export interface QueryField {
  readonly name: string;
  readonly kind: FieldKind;
  /** The queryable it stands for; empty for those that stand for none. */
  readonly property: string;
}

const KINDS: Readonly<Record<Queryable['type'], FieldKind>> = {
  string: 'text',
  strings: 'text',
  boolean: 'text',
  date: 'date',
  integer: 'number',
  number: 'number',
};

const NAMED = [...queryablesOf('dhus')].map(([name, { name: property, type }]): QueryField => {
  return { name, kind: property === 'size' ? 'size' : KINDS[type], property };
});

/** Names DHuS has beside those of the vocabulary. */
const OTHERS: readonly QueryField[] = [
  { name: 'filename', kind: 'text', property: 'id' },
  { name: 'title', kind: 'text', property: 'id' },
  { name: 'collection', kind: 'text', property: 'collection' },
  { name: 'lastorbitnumber', kind: 'number', property: 'absoluteOrbit' },
  { name: 'lastrelativeorbitnumber', kind: 'number', property: 'relativeOrbit' },
  { name: 'platformidentifier', kind: 'text', property: 'platform' },
  { name: 'lastmodified', kind: 'date', property: 'updated' },
  { name: 'footprint', kind: 'footprint', property: '' },
  { name: 'summary', kind: 'words', property: '' },
  { name: 'contents', kind: 'words', property: '' },
  { name: 'latest', kind: 'latest', property: '' },
  { name: 'ondemand', kind: 'onDemand', property: '' },
];

const FIELDS: ReadonlyMap<string, QueryField> = new Map([...OTHERS, ...NAMED].map((field) => [field.name, field]));

/** The field of that name in any case. Throws InvalidError in Solr's words for any other. */
export function queryField(name: string): QueryField {
  const field = FIELDS.get(name.toLowerCase());
  if (field !== undefined) return field;
  throw new InvalidError(`undefined field ${name}`, { subject: name });
}
