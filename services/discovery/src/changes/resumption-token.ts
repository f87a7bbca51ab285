import { createHash } from 'node:crypto';
import { listState, type ListState } from '#protocols/oai/list-state.js';
import { OaiError } from '#protocols/oai/oai-error.js';

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
