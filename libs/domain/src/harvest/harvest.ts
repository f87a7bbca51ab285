/** Interfaces other catalogues are harvested by. */
export const HARVEST_KINDS = ['csw', 'opensearch', 'stac', 'odata'] as const;
export type HarvestKind = (typeof HARVEST_KINDS)[number];

/** `waiting` for its time (the first, the next after a failure, or the next of a periodic one), at work, or done for good. */
export const HARVEST_STATES = ['waiting', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type HarvestState = (typeof HARVEST_STATES)[number];

/** What became of the records of the present run; `kept` ones were left as the mirror has them, `removed` ones were deleted at the source. */
export interface HarvestCounts {
  readonly read: number;
  readonly created: number;
  readonly modified: number;
  readonly unchanged: number;
  readonly kept: number;
  readonly removed: number;
  readonly failed: number;
}

/** A run that has done nothing yet. */
export const NO_COUNTS: HarvestCounts = {
  read: 0,
  created: 0,
  modified: 0,
  unchanged: 0,
  kept: 0,
  removed: 0,
  failed: 0,
};

/** What is taken over from another catalogue: once, or again and again. */
export interface HarvestOrder {
  readonly id: string;
  readonly kind: HarvestKind;
  /** Address of the other catalogue. */
  readonly source: string;
  /** What to ask for, by the kind's own names. */
  readonly filter: Readonly<Record<string, string>>;
  /** Seconds between the end of a run and the next; absent: one run. */
  readonly interval?: number;
  /** Whom to tell when a run has ended. */
  readonly responseHandler?: string;
}

/** An order and how far it has come. */
export interface Harvest extends HarvestOrder {
  readonly state: HarvestState;
  /** Where to go on, in words only the kind understands; absent at the very beginning. */
  readonly position?: string;
  readonly counts: HarvestCounts;
  /** What went wrong last. */
  readonly error?: string;
  /** Attempts since the last one that got anywhere. */
  readonly failures: number;
  /** Not before. */
  readonly due: Date;
  readonly created: Date;
  readonly updated: Date;
  /** End of the last complete run. */
  readonly finished?: Date;
}
