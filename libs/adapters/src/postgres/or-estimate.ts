import { setTimeout as sleep } from 'node:timers/promises';
import type { MatchCount } from '#domain/catalog/catalog-query.js';
import { TimeoutError } from '#domain/errors.js';

/** The count if it is there after `patience` milliseconds, else what `estimate` makes; the same where the database gave the count up. Other failures are thrown. */
export async function orEstimate(
  counting: Promise<MatchCount>,
  patience: number,
  estimate: () => Promise<MatchCount>,
): Promise<MatchCount> {
  const waiting = new AbortController();
  const orGivenUp = counting.catch((error: unknown) => {
    if (error instanceof TimeoutError) return undefined;
    throw error;
  });
  const tooLong = sleep(patience, undefined, { signal: waiting.signal }).catch(() => undefined);
  try {
    return (await Promise.race([orGivenUp, tooLong])) ?? (await estimate());
  } finally {
    waiting.abort();
  }
}
