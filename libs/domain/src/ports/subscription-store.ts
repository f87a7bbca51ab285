import type { Subscription, SubscriptionProgress } from '../subscription/subscription.js';

/** What a subscriber states; the rest follows. */
export type NewSubscription = Pick<
  Subscription,
  'id' | 'status' | 'events' | 'filter' | 'priority' | 'stageOrder' | 'endpoint' | 'position' | 'reached'
>;

/** What may be changed from outside. */
export type SubscriptionChange = Partial<Pick<Subscription, 'status' | 'endpoint' | 'filter' | 'events' | 'priority'>> &
  Partial<Pick<SubscriptionProgress, 'position' | 'reached'>>;

/** How a try to push ended. */
export interface PushOutcome {
  readonly failures: number;
  readonly lastError?: string;
  readonly nextTry: Date;
  /** Stops a subscription whose endpoint is not to be had. */
  readonly status?: 'paused';
}

/** Messages a subscriber has got: when, and whose creation they were. */
export interface ToldMessages {
  readonly at: Date;
  readonly created: readonly string[];
}

/** Remembers who wants to be told what, and how far each has come; any number of processes share it. */
export abstract class SubscriptionStore {
  abstract create(subscription: NewSubscription): Promise<Subscription>;
  /** Undefined where there is none. */
  abstract find(id: string): Promise<Subscription | undefined>;
  /** Latest first. */
  abstract list(): Promise<readonly Subscription[]>;
  /** A new status takes back what failed before. Undefined where there is none. */
  abstract change(id: string, change: SubscriptionChange): Promise<Subscription | undefined>;
  /** False where there was none. */
  abstract remove(id: string): Promise<boolean>;
  /** Moves on from a position and remembers what was told; false (and nothing done) where somebody else has moved on meanwhile. */
  abstract advance(id: string, from: string, to: SubscriptionProgress, told?: ToldMessages): Promise<boolean>;
  /** Which of these products the subscriber was told the creation of; remembered for 31 days. */
  abstract told(id: string, products: readonly string[]): Promise<ReadonlySet<string>>;
  /** The running push subscription longest due, held by `holder` for `leaseMs` against every other process; undefined where none is due. */
  abstract lease(holder: string, leaseMs: number): Promise<Subscription | undefined>;
  /** Holds it longer; false where the lease is lost: then nothing may be pushed any more. */
  abstract renew(id: string, holder: string, leaseMs: number): Promise<boolean>;
  /** Gives a lease back and says how it went. */
  abstract release(id: string, holder: string, outcome: PushOutcome): Promise<void>;
}
