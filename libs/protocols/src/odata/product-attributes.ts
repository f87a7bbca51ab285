import type { Queryable } from '#domain/catalog/queryables.js';
import type { Product } from '#domain/product/product.js';
import { PRODUCT_ATTRIBUTES, PRODUCT_GROUP } from './attribute-fields.js';
import { instrumentShown, levelShown, satelliteShown } from './attribute-spelling.js';
import { writeODataInstant } from './odata-time.js';

/** An entry of `Attributes` as CDSE writes it. */
export interface WrittenAttribute {
  readonly '@odata.type': string;
  readonly Name: string;
  readonly Value: string | number | boolean;
  readonly ValueType: ValueType;
}

/** Types of attributes. */
export type ValueType = 'String' | 'Integer' | 'Double' | 'DateTimeOffset' | 'Boolean';

const TYPES: Readonly<Record<Queryable['type'], ValueType>> = {
  string: 'String',
  strings: 'String',
  integer: 'Integer',
  number: 'Double',
  date: 'DateTimeOffset',
  boolean: 'Boolean',
};

/** What is known of a product beside its properties: the vocabulary under CDSE's names, and every plain value producers said besides. */
export function writeAttributes(product: Product): readonly WrittenAttribute[] {
  const known = PRODUCT_ATTRIBUTES.flatMap(({ name, queryable }) => {
    const value = shown(queryable.name, valueOf(product, queryable.name), product);
    return value === undefined ? [] : [attribute(nameOf(name, value), valueTypeOf(queryable), value)];
  });
  const extra = Object.entries(product.extra).flatMap(([name, value]) => {
    const type = plainType(value);
    return type === undefined ? [] : [attribute(name, type, value as string | number | boolean)];
  });
  return [...known, ...extra];
}

/** The type CDSE gives a queryable's attribute. */
export function valueTypeOf({ name, type }: Queryable): ValueType {
  return name === 'resolution' ? 'Integer' : TYPES[type];
}

function attribute(name: string, type: ValueType, value: string | number | boolean): WrittenAttribute {
  const fits = type === 'Integer' && !Number.isInteger(value) ? 'Double' : type;
  return { '@odata.type': `#OData.CSC.${fits}Attribute`, Name: name, Value: value, ValueType: fits };
}

function valueOf(product: Product, queryable: string): unknown {
  if (queryable === 'acquiredFrom') return product.acquiredFrom;
  if (queryable === 'acquiredTo') return product.acquiredTo;
  return Object.hasOwn(product.properties, queryable) ? product.properties[queryable] : undefined;
}

function shown(queryable: string, value: unknown, product: Product): string | number | boolean | undefined {
  if (value instanceof Date) return writeODataInstant(value);
  if (Array.isArray(value)) return value.join('&');
  if (typeof value !== 'string') return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
  const spell = Object.hasOwn(SPELLINGS, queryable) ? SPELLINGS[queryable] : undefined;
  return spell === undefined ? value : spell(value, product);
}

const SPELLINGS: Readonly<Record<string, (value: string, product: Product) => string>> = {
  constellation: (value) => value.toUpperCase(),
  orbitDirection: (value) => value.toUpperCase(),
  instrument: instrumentShown,
  platform: satelliteShown,
  processingLevel: (value, { properties }) => levelShown(value, String(properties['constellation'])),
};

function nameOf(name: string, value: string | number | boolean): string {
  return name === 'datatakeID' && String(value).startsWith('GS2') ? PRODUCT_GROUP : name;
}

function plainType(value: unknown): ValueType | undefined {
  if (typeof value === 'string') return 'String';
  if (typeof value === 'boolean') return 'Boolean';
  return typeof value === 'number' ? (Number.isInteger(value) ? 'Integer' : 'Double') : undefined;
}
