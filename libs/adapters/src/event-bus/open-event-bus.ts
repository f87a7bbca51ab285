import { EventBus } from '#domain/ports/event-bus.js';
import type { OpenedAdapter } from '#domain/ports/opened-adapter.js';
import { type BusLog, silentLog } from './bus-log.js';
import type { EventBusConfig } from './event-bus.config.js';
import { JetStreamEventBus } from './jetstream-event-bus.js';
import { LocalEventBus } from './local-event-bus.js';

/** Opens the event bus the configuration names. Throws InvalidError for a bad URL, UnavailableError where NATS does not answer within a minute. */
export async function openEventBus(config: EventBusConfig, log: BusLog = silentLog): Promise<OpenedAdapter> {
  const { NATS_URL: url } = config;
  const bus = url === undefined ? new LocalEventBus({ log }) : await JetStreamEventBus.open({ url, log });
  return {
    name: 'event-bus',
    ports: [[EventBus, bus]],
    notices:
      url === undefined ? ['Events stay within this process (NATS_URL is not set): no other process sees them.'] : [],
    check: () => bus.check(),
    close: () => bus.close(),
  };
}
