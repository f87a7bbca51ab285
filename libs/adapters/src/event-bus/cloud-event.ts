import { z } from 'zod';
import { InvalidError } from '#domain/errors.js';
import type { DomainEvent } from '#domain/event/event.js';

/** Media type of the structured mode (CloudEvents JSON format 1.0.2 §3). */
export const CLOUD_EVENT_MEDIA_TYPE = 'application/cloudevents+json';

/** Longest envelope in bytes; NATS refuses messages beyond 1 MiB and a dead event carries its reason too. */
export const MAX_EVENT_BYTES = 512 * 1024;

/** Types are subjects on the bus: lower-case words separated by dots. */
const EVENT_TYPE = /^frombork(\.[a-z0-9]+(-[a-z0-9]+)*)+$/;

/** The attributes we use (CloudEvents 1.0.2 §3.1); `requestid` is an extension. Other attributes are let through and dropped. */
const envelope = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(256),
  type: z.string().max(256).regex(EVENT_TYPE),
  source: z.string().min(1).max(256),
  subject: z.string().min(1).max(1024),
  time: z.iso.datetime({ offset: true }),
  datacontenttype: z.literal('application/json').optional(),
  requestid: z.string().max(256).optional(),
  data: z.unknown(),
});

/** Writes an event as a CloudEvents 1.0 JSON envelope. Throws InvalidError where it cannot be carried: a bad type, no id, too long. */
export function writeCloudEvent(event: DomainEvent): string {
  const { id, type, source, subject, requestId, data } = event;
  const time = Number.isNaN(event.time.getTime()) ? '' : event.time.toISOString();
  const attributes = { specversion: '1.0', id, type, source, subject, time, datacontenttype: 'application/json' };
  const result = envelope.safeParse({ ...attributes, requestid: requestId, data });
  if (!result.success) throw malformed(`The event ${id} cannot be published`, result.error);
  const text = JSON.stringify(result.data);
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_EVENT_BYTES) {
    throw new InvalidError(`The event ${id} has ${bytes} bytes; at most ${MAX_EVENT_BYTES} can be published.`);
  }
  return text;
}

/** Reads a CloudEvents 1.0 JSON envelope. Throws InvalidError, saying what is wrong, for anything else. */
export function parseCloudEvent(text: string): DomainEvent {
  const result = envelope.safeParse(parseJson(text));
  if (!result.success) throw malformed('The message is no CloudEvents 1.0 envelope', result.error);
  const { id, type, source, subject, time, requestid, data } = result.data;
  const event = { id, type, source, subject, time: new Date(time), data };
  return requestid === undefined ? event : { ...event, requestId: requestid };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidError('The message is not JSON.', { cause: error });
  }
}

function malformed(what: string, error: z.ZodError): InvalidError {
  const problems = error.issues.map((issue) => `${issue.path.join('.') || 'envelope'}: ${issue.message}`);
  return new InvalidError(`${what}: ${problems.join('; ')}.`, { cause: error });
}
