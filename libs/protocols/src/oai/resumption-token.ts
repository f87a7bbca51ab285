import { createHash } from 'node:crypto';
import { z } from 'zod';
import { OaiError } from './oai-error.js';

const listState = z.object({
  prefix: z.enum(['oai_dc', 'iso19139']),
  set: z.string().max(500).optional(),
  from: z.coerce.date().optional(),
  before: z.coerce.date().optional(),
  /** How many were sent. */
  sent: z.number().int().min(0),
  /** How many there were when the list was begun, where that was cheap to know. */
  size: z.number().int().min(0).optional(),
  /** What the first answer of the list said of itself: what changes from then on is for the next list. */
  begun: z.coerce.date().optional(),
  /** Where to go on among the records, or (after them) among the deleted. */
  cursor: z.string().max(5_000).optional(),
  deletedAfter: z.object({ deleted: z.coerce.date(), uuid: z.guid() }).optional(),
});

/** A list of records and how far it has been sent. */
export type ListState = z.infer<typeof listState>;

const CHECK_BYTES = 6;

/** A list's state as the token the next request brings back; stateless, so it never expires. */
export function writeResumptionToken(state: ListState): string {
  const body = Buffer.from(JSON.stringify(state));
  return Buffer.concat([checkOf(body), body]).toString('base64url');
}

/** Throws OaiError for what is no token of ours. */
export function readResumptionToken(token: string): ListState {
  const bytes = Buffer.from(token.slice(0, 10_000), 'base64url');
  const body = bytes.subarray(CHECK_BYTES);
  const read = checkOf(body).equals(bytes.subarray(0, CHECK_BYTES)) ? listState.safeParse(parsed(body)) : undefined;
  if (read?.success === true) return read.data;
  throw new OaiError('badResumptionToken', 'This resumption token was not given here; begin the list anew.');
}

function checkOf(body: Uint8Array): Buffer {
  return createHash('sha256').update(body).digest().subarray(0, CHECK_BYTES);
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
