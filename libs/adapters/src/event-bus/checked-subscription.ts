import { InvalidError } from '#domain/errors.js';
import type { Subscription } from '#domain/ports/event-bus.js';

const NAME = /^[A-Za-z0-9_-]{1,64}$/;
const PATTERN = /^frombork(\.[a-z0-9-]+)*(\.>)?$/;

/** Events delivered and neither handled nor dead, for each consumer; beyond it the consumer gets no new ones. */
export const MAX_UNSETTLED = 10_000;

/** The subscription with its defaults. Throws InvalidError for a name or pattern the bus cannot take. */
export function checkedSubscription(subscription: Subscription): Required<Subscription> {
  const { name, pattern, maxDeliveries = 8, concurrency = 16 } = subscription;
  if (!NAME.test(name)) {
    throw new InvalidError(`"${name}" is no consumer name: 1 to 64 letters, digits, hyphens and underscores.`);
  }
  if (!PATTERN.test(pattern)) {
    throw new InvalidError(
      `"${pattern}" is no event pattern: a type such as frombork.product.published, or frombork.product.>.`,
    );
  }
  if (!isCount(maxDeliveries) || !isCount(concurrency)) {
    throw new InvalidError(`${name}: maxDeliveries and concurrency must be whole numbers from 1.`);
  }
  return { ...subscription, maxDeliveries, concurrency };
}

/** Whether a subscription's pattern takes events of a type; `.>` stands for one more word or several, as in NATS. */
export function matchesPattern(pattern: string, type: string): boolean {
  return pattern.endsWith('.>') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}
