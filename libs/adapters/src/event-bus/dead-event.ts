import { z } from 'zod';
import type { DomainEvent } from '#domain/event/event.js';
import type { DeadEvent } from '#domain/ports/event-bus.js';
import { parseCloudEvent } from './cloud-event.js';

const MAX_REASON = 2_000;
const MAX_MALFORMED = 64 * 1024;

const record = z.object({ consumer: z.string(), reason: z.string(), event: z.string() });

/** Writes a dead event: its envelope as it was received, who could not handle it and why. */
export function writeDeadEvent(consumer: string, reason: string, envelope: string): string {
  return JSON.stringify({ consumer, reason, event: envelope });
}

/** Reads a dead event; an envelope that is none is shown as the data of an event called `frombork.malformed`. */
export function parseDeadEvent(text: string, place: { readonly seq: number; readonly time: Date }): DeadEvent {
  const { consumer, reason, event } = record.parse(JSON.parse(text));
  return { consumer, reason, event: parseOrShow(event, place) };
}

/** What an error says, short enough to be kept with a dead event. */
export function reasonOf(error: unknown): string {
  return String(error instanceof Error ? `${error.name}: ${error.message}` : error).slice(0, MAX_REASON);
}

/** A malformed message as far as it is kept. */
export function keptOfMalformed(text: string): string {
  return text.slice(0, MAX_MALFORMED);
}

function parseOrShow(envelope: string, place: { readonly seq: number; readonly time: Date }): DomainEvent {
  try {
    return parseCloudEvent(envelope);
  } catch {
    const id = `malformed-${place.seq}`;
    return { id, type: 'frombork.malformed', source: 'event-bus', subject: id, time: place.time, data: envelope };
  }
}
