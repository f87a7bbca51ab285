import type { ErrorObject } from 'ajv';
import { isJsonObject } from '../../json/json-value.js';

/** One thing that is wrong. */
export interface StacFault {
  /** Where (JSON Pointer, RFC 6901). */
  readonly pointer: string;
  /** What is wanted there, to follow the pointer in a sentence. */
  readonly reason: string;
  /** Whether the schema itself says what is wanted. */
  readonly isClear: boolean;
}

/** Longest pointer told. */
const LONGEST = 300;

/** An error of ajv as a fault; undefined for those that only sum up others. `schema` is the name of what was validated against. */
export function sayFault(error: ErrorObject, schema: string): StacFault | undefined {
  const { keyword, instancePath, propertyName } = error;
  if (keyword === 'if' || (propertyName !== undefined && keyword !== 'propertyNames')) return undefined;
  const member = memberOf(error);
  const whole = member === undefined ? instancePath : `${instancePath}/${escaped(member)}`;
  const pointer = whole.length <= LONGEST ? whole : `${whole.slice(0, LONGEST)}…`;
  const wanted: unknown = isJsonObject(error.parentSchema) ? error.parentSchema['description'] : undefined;
  if (typeof wanted === 'string' && member === undefined)
    return { pointer, reason: `must be ${wanted}`, isClear: true };
  return { pointer, reason: reasonOf(error, schema), isClear: member !== undefined };
}

/** The member an error is about where it is told of the object around it. */
function memberOf({ params }: ErrorObject): string | undefined {
  const { missingProperty, additionalProperty, propertyName } = params as Readonly<Record<string, unknown>>;
  const member = missingProperty ?? additionalProperty ?? propertyName;
  return typeof member === 'string' ? member : undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

type Params = Readonly<Record<string, unknown>>;

/** What is wanted, by the keyword that is not satisfied; the name of the schema for those that speak of it. */
const REASONS: Readonly<Record<string, (params: Params, schema: string) => string>> = {
  required: () => 'is missing',
  dependencies: ({ property }) => `is missing beside ${String(property)}`,
  additionalProperties: (_params, schema) => `is no field of ${schema} here`,
  propertyNames: () => 'has a name that may not stand here',
  type: ({ type }) =>
    `must be ${[type]
      .flat()
      .map((each) => TYPES[String(each)])
      .join(' or ')}`,
  format: () => 'must be an address without white space',
  minItems: ({ limit }) => `must be a list of at least ${String(limit)}`,
  minProperties: ({ limit }) => `must have at least ${String(limit)} member${limit === 1 ? '' : 's'}`,
};

function reasonOf({ keyword, params, message }: ErrorObject, schema: string): string {
  return REASONS[keyword]?.(params as Params, schema) ?? message ?? `is not as ${schema} wants it`;
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
