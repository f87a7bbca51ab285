import type { Harvest, HarvestCounts, HarvestOrder, HarvestState } from '../harvest/harvest.js';

/** Whoever works on a harvest, and for how long nobody else may (ms). */
export interface HarvestLease {
  readonly holder: string;
  readonly leaseMs: number;
}

/** How a run ended or paused; a position absent stays as it is. */
export interface HarvestEnd {
  readonly state: 'waiting' | 'succeeded' | 'failed';
  readonly due: Date;
  readonly failures: number;
  readonly error?: string;
  /** Where the next run begins. */
  readonly position?: string;
  /** Whether this was the end of a complete run. */
  readonly finished: boolean;
}

/** Remembers what is harvested and how far, so that a killed process repeats at most a page. */
export abstract class HarvestStore {
  /** `waiting`, due at once. */
  abstract create(order: HarvestOrder): Promise<Harvest>;
  abstract find(id: string): Promise<Harvest | undefined>;
  /** Newest first. */
  abstract list(filter: { state?: HarvestState; limit: number; before?: Date }): Promise<readonly Harvest[]>;
  /** The longest due harvest nobody works on, now `running` and leased; counts begin at nothing with each new run. */
  abstract claim(lease: HarvestLease): Promise<Harvest | undefined>;
  /** Prolongs the lease; false where it is lost or the harvest was cancelled. */
  abstract renew(id: string, lease: HarvestLease): Promise<boolean>;
  /** Notes a page as done: the position after it, its counts added; failures are forgotten. False as `renew`. */
  abstract advance(
    id: string,
    lease: HarvestLease,
    page: { position: string; counts: HarvestCounts },
  ): Promise<boolean>;
  /** Gives the harvest back. False where it was no longer ours. */
  abstract finish(id: string, holder: string, end: HarvestEnd): Promise<boolean>;
  /** Ends a waiting or running harvest; undefined where there is none, else as it is now. */
  abstract cancel(id: string): Promise<Harvest | undefined>;
}
