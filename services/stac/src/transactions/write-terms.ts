import type { FastifyRequest } from 'fastify';
import { PreconditionFailedError } from '#domain/errors.js';
import { namesRevision } from '#platform/entity-tag.js';
import { currentRequestId } from '#platform/request-context.js';
import { parseTagCondition, type TagCondition } from '#protocols/http/preconditions.js';

/** What a writer says of the thing it writes (RFC 9110 §13.1). */
export interface WriteTerms {
  readonly ifMatch: TagCondition | undefined;
  readonly ifNoneMatch: TagCondition | undefined;
}

/** The conditions of a request. */
export function termsOf({ headers }: FastifyRequest): WriteTerms {
  return { ifMatch: parseTagCondition(headers['if-match']), ifNoneMatch: parseTagCondition(headers['if-none-match']) };
}

/** Compares with the revision of what is there, undefined for nothing. Throws PreconditionFailedError. */
export function requireTerms({ ifMatch, ifNoneMatch }: WriteTerms, id: string, revision: string | undefined): void {
  const names = (tags: TagCondition): boolean => revision !== undefined && namesRevision(tags, revision);
  if (ifMatch !== undefined && !names(ifMatch))
    throw new PreconditionFailedError(`${id} is not what If-Match names: read it again.`, { subject: 'If-Match' });
  if (ifNoneMatch !== undefined && names(ifNoneMatch))
    throw new PreconditionFailedError(`${id} is there, which If-None-Match rules out.`, { subject: 'If-None-Match' });
}

const ATTEMPTS = 5;

/** Reads, decides and writes again where somebody else wrote in between; only once for who said what it had seen, as it must hear of the other. */
export async function repeatOverwritten<T>({ ifMatch }: WriteTerms, write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof PreconditionFailedError) || ifMatch !== undefined || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Who writes through the STAC API, for events. */
export function writerContext(): { readonly source: string; readonly requestId?: string } {
  const requestId = currentRequestId();
  return { source: 'stac', ...(requestId === undefined ? {} : { requestId }) };
}
