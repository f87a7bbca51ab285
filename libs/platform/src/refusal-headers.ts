import type { FastifyReply } from 'fastify';
import type { Fault } from './fault.js';

/** Seconds after which a client may try again, by status: its own requests end soon, a component may be away for longer. */
const RETRY_AFTER: Readonly<Partial<Record<number, number>>> = { 429: 2, 503: 10, 504: 10 };

/** What the form of an answer said of the body that did not come. */
const OF_THE_ANSWER = [
  'Content-Type',
  'Content-Length',
  'Content-Encoding',
  'Content-Disposition',
  'ETag',
  'Last-Modified',
  'Accept-Ranges',
  'Warning',
  'X-Frombork-Sources',
  'X-Frombork-Dates',
];

/**
 * The header of a refusal, whatever the protocol's form: Retry-After of 429 and 503 (RFC 9110 §10.2.3, RFC 6585 §4), the challenge of 401, nothing kept
 * by caches. `FaultFilter` calls it before a protocol speaks.
 */
export function setRefusalHeaders({ status }: Pick<Fault, 'status'>, reply: FastifyReply): void {
  for (const name of OF_THE_ANSWER) reply.removeHeader(name);
  void reply.header('Cache-Control', 'no-store');
  const seconds = RETRY_AFTER[status];
  if (seconds !== undefined) void reply.header('Retry-After', String(seconds));
  if (status === 401) void reply.header('WWW-Authenticate', 'Bearer realm="frombork"');
}
