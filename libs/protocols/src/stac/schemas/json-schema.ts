/** A part of a JSON Schema (draft-07) as data; `description` says what is wanted, for whoever gave something else. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** Schemas by the name of the field they are for. */
export type Fields = Readonly<Record<string, JsonSchema>>;

/** Any text. */
export const TEXT: JsonSchema = { type: 'string' };
/** A text that says something. */
export const WORDS: JsonSchema = { type: 'string', minLength: 1, description: 'a text that is not empty' };
/** A list of texts. */
export const TEXTS: JsonSchema = { type: 'array', items: TEXT };
export const NUMBER: JsonSchema = { type: 'number' };
export const INTEGER: JsonSchema = { type: 'integer' };
export const BOOLEAN: JsonSchema = { type: 'boolean' };
/** A time as STAC writes it: RFC 3339 in UTC. */
export const TIME: JsonSchema = {
  type: 'string',
  format: 'date-time',
  pattern: '(\\+00:00|Z)$',
  description: 'a time in UTC (RFC 3339), such as 2024-05-10T10:10:10Z',
};
/** A percentage. */
export const PERCENT: JsonSchema = between(0, 100);
/** A bounding box without or with heights. */
export const BOX: JsonSchema = {
  type: 'array',
  items: NUMBER,
  anyOf: [
    { minItems: 4, maxItems: 4 },
    { minItems: 6, maxItems: 6 },
  ],
  description: 'a list of 4 or 6 numbers',
};

/** A number within bounds, both included. */
export function between(minimum: number, maximum: number): JsonSchema {
  return { type: 'number', minimum, maximum, description: `a number from ${minimum} to ${maximum}` };
}

/** A number or a whole number of at least something. */
export function atLeast(minimum: number, type: 'number' | 'integer' = 'number'): JsonSchema {
  return {
    type,
    minimum,
    description: `${type === 'integer' ? 'a whole number' : 'a number'} of at least ${minimum}`,
  };
}

/** One of some texts. */
export function oneOf(...values: readonly string[]): JsonSchema {
  return { enum: values, description: `one of ${values.join(', ')}` };
}

/** A list with at least so many elements. */
export function listOf(items: JsonSchema, minItems = 0): JsonSchema {
  return { type: 'array', items, minItems };
}

/** What holds where something else does. */
export function whenever(condition: JsonSchema, consequence: JsonSchema): JsonSchema {
  return { if: { not: condition }, else: consequence };
}

/** An object whose members are all alike. */
export function recordOf(additionalProperties: JsonSchema): JsonSchema {
  return { type: 'object', additionalProperties };
}
