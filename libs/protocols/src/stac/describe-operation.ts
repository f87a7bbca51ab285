import { z } from 'zod';
import type { Operation } from './stac-feature.js';
import { MEDIA_TYPES } from './stac-link.js';

const PROBLEM = { 'application/problem+json': { schema: { type: 'object' } } };
const CONDITIONS = ['If-Match', 'If-None-Match'].map((name) => ({
  name,
  in: 'header',
  required: false,
  schema: { type: 'string' },
  description: 'Entity tags of the item or collection, in any of its forms.',
}));

/** An OpenAPI 3.0 Operation Object, from the schemas its requests are checked with. */
export function describeOperation(path: string, operation: Operation): object {
  return {
    summary: operation.summary,
    parameters: [
      ...pathParameters(path),
      ...queryParameters(operation.query),
      ...(operation.isConditional === true ? CONDITIONS : []),
    ],
    ...requestBody(operation),
    responses: {
      ...answersOf(operation),
      default: { description: 'What went wrong (RFC 9457).', content: PROBLEM },
    },
  };
}

/** What reads by POST is asked for everything without a body. */
function requestBody({ body, bodyTypes }: Operation): object {
  if (body === undefined) return {};
  const types = bodyTypes ?? [MEDIA_TYPES.json];
  const content = Object.fromEntries(types.map((type) => [type, { schema: bodySchema(body) }]));
  return { requestBody: { ...(bodyTypes === undefined ? {} : { required: true }), content } };
}

function answersOf({ answers, mediaType = MEDIA_TYPES.json }: Operation): object {
  const document = { [mediaType]: { schema: { type: 'object' } } };
  if (answers === undefined)
    return {
      200: { description: 'The answer.', content: { ...document, 'text/html': { schema: { type: 'string' } } } },
    };
  const told = Object.entries(answers).map(([status, description]) => {
    if (status === '204') return [status, { description }];
    return [status, { description, content: Number(status) < 400 ? document : PROBLEM }];
  });
  return Object.fromEntries(told) as object;
}

function pathParameters(path: string): readonly object[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  return names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

function queryParameters(schema: z.ZodType | undefined): readonly object[] {
  if (schema === undefined) return [];
  return Object.entries(propertiesOf(schema)).map(([name, property]) => ({
    name,
    in: 'query',
    required: false,
    style: 'form',
    explode: false,
    schema: property,
  }));
}

/** The properties a request may have; those that are refused have the schema `not: {}`. */
function propertiesOf(schema: z.ZodType): Readonly<Record<string, object>> {
  const { properties = {} } = z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' });
  const allowed = Object.entries(properties).filter(
    ([, property]) => typeof property === 'object' && !('not' in property),
  );
  return Object.fromEntries(allowed) as Record<string, object>;
}

/** The JSON Schema of a body, by what it may have. */
export function bodySchema(schema: z.ZodType): object {
  return { type: 'object', properties: propertiesOf(schema) };
}
