import type { FastifyRequest } from 'fastify';
import { InvalidError } from '#domain/errors.js';
import { applyJsonPatch } from '#protocols/json/json-patch.js';
import { applyMergePatch } from '#protocols/json/merge-patch.js';
import { bodyType, readJsonBody } from '../read-json-body.js';

/** A change of a JSON document. */
export type Patch = (document: object) => unknown;

/** The patch of a request: JSON Patch by its media type, else JSON Merge Patch. Throws InvalidError. */
export async function readPatch(request: FastifyRequest): Promise<Patch> {
  const type = bodyType(request);
  const patch = await readJsonBody(request);
  if (type === 'application/json-patch+json') return (document) => applyJsonPatch(asJson(document), patch);
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch))
    throw new InvalidError('A merge patch is a JSON object; a JSON Patch is sent as application/json-patch+json.', {
      subject: 'body',
    });
  return (document) => applyMergePatch(asJson(document), patch);
}

function asJson(document: object): unknown {
  return JSON.parse(JSON.stringify(document));
}
