import { z } from 'zod';
import { InvalidError } from '#domain/errors.js';
import type { SubscriptionEndpoint, SubscriptionEvent, SubscriptionStatus } from '#domain/subscription/subscription.js';

/** What a subscriber asks for; absent is what was not said. */
export interface SubscriptionRequest {
  readonly status?: SubscriptionStatus;
  readonly events?: readonly SubscriptionEvent[];
  readonly filter?: string;
  readonly priority?: number;
  readonly stageOrder?: boolean;
  readonly endpoint?: SubscriptionEndpoint;
}

const EVENTS = z.enum(['created', 'modified', 'deleted']);
const CREDENTIAL = z.string().max(1000).nullish();

const schema = z.object({
  Status: z.enum(['running', 'paused', 'cancelled']).nullish(),
  SubscriptionEvent: z.union([EVENTS, z.array(EVENTS).min(1)]).nullish(),
  FilterParam: z.string().max(100_000).nullish(),
  Priority: z.number().int().min(0).max(1000).nullish(),
  StageOrder: z.boolean().nullish(),
  NotificationEndpoint: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullish(),
  NotificationEpUsername: CREDENTIAL,
  NotificationEpPassword: CREDENTIAL,
});

/** The body of `POST Subscriptions` and `PATCH Subscriptions(id)` as CDSE has it. Throws InvalidError naming the property. */
export function parseSubscription(body: unknown): SubscriptionRequest {
  const read = schema.safeParse(body);
  if (!read.success) return refuse(read.error.issues[0]);
  const { SubscriptionEvent: events, FilterParam: filter, ...given } = read.data;
  return withoutNothing({
    status: given.Status,
    events: typeof events === 'string' ? [events] : events && [...new Set(events)],
    filter: filter?.trim() === '' ? undefined : filter,
    priority: given.Priority,
    stageOrder: given.StageOrder,
    endpoint: endpointOf(given),
  });
}

function refuse(issue: z.core.$ZodIssue | undefined): never {
  const path = issue?.path.map(String).join('/') ?? '';
  const subject = path === '' ? 'The body' : path;
  throw new InvalidError(`${subject}: ${issue?.message ?? 'is not a subscription'}`, { subject });
}

function endpointOf(
  given: Omit<z.infer<typeof schema>, 'FilterParam' | 'SubscriptionEvent'>,
): SubscriptionEndpoint | undefined {
  const { NotificationEndpoint: url, NotificationEpUsername: username, NotificationEpPassword: password } = given;
  if (url === undefined || url === null) return undefined;
  return { url, ...withoutNothing({ username, password }) };
}

type Said<T> = { readonly [K in keyof T]?: Exclude<T[K], null | undefined> };

function withoutNothing<T extends object>(given: T): Said<T> {
  const said = Object.entries(given).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(said) as Said<T>;
}
