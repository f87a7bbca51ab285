/** What happens to a product that subscribers are told of. */
export type SubscriptionEvent = 'created' | 'modified' | 'deleted';

/** `paused`: nothing is delivered, nothing is forgotten either. `cancelled`: as if it were not there. */
export type SubscriptionStatus = 'running' | 'paused' | 'cancelled';

/** Where notifications are pushed to; absent where the subscriber pulls them. */
export interface SubscriptionEndpoint {
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
}

/** How far a subscriber has come in the changes of the catalogue. */
export interface SubscriptionProgress {
  /** Position in the change feed behind the last acknowledged (or pushed) message. */
  readonly position: string;
  /** Messages acknowledged so far. */
  readonly acknowledged: number;
  /** When the change behind that position happened; from there on a subscriber reconciles if the position is lost. */
  readonly reached: Date;
}

/** Somebody's wish to be told of changes of the catalogue. */
export interface Subscription extends SubscriptionProgress {
  readonly id: string;
  readonly status: SubscriptionStatus;
  readonly events: readonly SubscriptionEvent[];
  /** An OData `$filter`; absent for everything. */
  readonly filter?: string;
  readonly priority: number;
  readonly stageOrder: boolean;
  readonly endpoint?: SubscriptionEndpoint;
  readonly submitted: Date;
  readonly lastNotified?: Date;
  /** Tries to push the next message that failed one after the other. */
  readonly failures: number;
  readonly lastError?: string;
  readonly nextTry?: Date;
}
