import { DomainError } from '#domain/errors.js';
import type { Harvest } from '#domain/harvest/harvest.js';
import type { HarvestEnd } from '#domain/ports/harvest-store.js';
import { BusyError } from './ask-upstream.js';

/** Attempts in a row that get nowhere. */
const MOST_FAILURES = 6;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 3_600_000;
const MAY_PASS: ReadonlySet<string> = new Set(['unavailable', 'timeout', 'conflict']);

/** A run that came to its end: done, or waiting for the next. */
export function afterRun({ interval }: Pick<Harvest, 'interval'>, now: Date): HarvestEnd {
  const state = interval === undefined ? 'succeeded' : 'waiting';
  return { state, due: later(now, (interval ?? 0) * 1000), failures: 0, finished: true };
}

/** Work given back by a process that ends. */
export function afterPause(now: Date): HarvestEnd {
  return { state: 'waiting', due: now, failures: 0, finished: false };
}

/** An attempt that failed, the last of `failures` in a row. */
export interface FailedAttempt {
  readonly interval: number | undefined;
  readonly failures: number;
  readonly error: unknown;
  readonly now: Date;
}

/** What may pass is tried again, a while later each time; what will not pass ends the harvest; a periodic one that ran out of attempts waits for its next time. */
export function afterFailure({ interval, failures, error, now }: FailedAttempt): HarvestEnd {
  const reason = error instanceof DomainError ? error.message : 'Something went wrong here; the log says what.';
  const mayPass = error instanceof DomainError && MAY_PASS.has(error.kind);
  const told = { failures, error: reason, finished: false };
  if (mayPass && failures < MOST_FAILURES)
    return { ...told, state: 'waiting', due: later(now, pause(error, failures)) };
  if (mayPass && interval !== undefined) return { ...told, state: 'waiting', due: later(now, interval * 1000) };
  return { ...told, state: 'failed', due: now };
}

function pause(error: DomainError, failures: number): number {
  const wait = error instanceof BusyError ? error.retryAfter : FIRST_PAUSE_MS * 2 ** (failures - 1);
  return Math.min(wait, LONGEST_PAUSE_MS);
}

function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
