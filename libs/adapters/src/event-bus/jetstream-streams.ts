import {
  AckPolicy,
  DeliverPolicy,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
  JetStreamApiCodes,
  type JetStreamManager,
  type StreamInfo,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { Subscription } from '#domain/ports/event-bus.js';
import { MAX_UNSETTLED } from './checked-subscription.js';

/** The stream of all events; its subjects are event types. */
export const EVENTS = 'FROMBORK';

/** The stream of events set aside; its subjects are consumer names. */
export const DEAD_EVENTS = 'FROMBORK_DEAD';

/** Subject a consumer's dead events are kept under; outside `frombork.>`, so that no consumer of events sees them. */
export const deadSubject = (consumer: string) => `frombork-dead.${consumer}`;

const DAY_MS = 24 * 3600 * 1000;
const COMMON = { storage: StorageType.File, retention: RetentionPolicy.Limits, duplicate_window: nanos(120_000) };

/** The stream of events; made where it is missing, left as the operator set it up (replicas, limits) where it exists. Its creation time tells a wiped NATS. */
export function ensureEvents(manager: JetStreamManager): Promise<StreamInfo> {
  return ensureStream(manager, EVENTS, { ...COMMON, subjects: ['frombork.>'], max_age: nanos(14 * DAY_MS) });
}

/** The stream of events set aside; made where it is missing. */
export function ensureDeadEvents(manager: JetStreamManager): Promise<StreamInfo> {
  return ensureStream(manager, DEAD_EVENTS, { ...COMMON, subjects: [deadSubject('>')], max_age: nanos(90 * DAY_MS) });
}

/**
 * The durable pull consumer of a subscription: from the first event kept, explicit acknowledgement. The server counts deliveries without limit:
 * at its own limit it would drop the event silently, while ours moves it to the dead events first.
 */
export async function ensureConsumer(
  manager: JetStreamManager,
  { name, pattern }: Subscription,
  ackWaitMs: number,
): Promise<void> {
  const changeable = {
    filter_subject: pattern,
    ack_wait: nanos(ackWaitMs),
    max_ack_pending: MAX_UNSETTLED,
    max_deliver: -1,
  };
  const known = await manager.consumers.info(EVENTS, name).catch(unlessMissing);
  if (known === undefined) {
    const fixed = { durable_name: name, ack_policy: AckPolicy.Explicit, deliver_policy: DeliverPolicy.All };
    await manager.consumers.add(EVENTS, { ...fixed, ...changeable });
  } else if (known.config.filter_subject !== pattern || known.config.ack_wait !== changeable.ack_wait) {
    await manager.consumers.update(EVENTS, name, changeable);
  }
}

async function ensureStream(
  manager: JetStreamManager,
  name: string,
  config: Parameters<JetStreamManager['streams']['add']>[0] extends infer C ? Omit<C, 'name'> : never,
): Promise<StreamInfo> {
  const known = await manager.streams.info(name).catch(unlessMissing);
  return known ?? manager.streams.add({ ...config, name });
}

function unlessMissing(error: unknown): undefined {
  const missing: readonly number[] = [JetStreamApiCodes.StreamNotFound, JetStreamApiCodes.ConsumerNotFound];
  if (error instanceof JetStreamApiError && missing.includes(error.code)) return undefined;
  throw error;
}
