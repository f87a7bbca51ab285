import { setTimeout as sleep } from 'node:timers/promises';
import type { MatchCount } from '#domain/catalog/catalog-query.js';
import type { CountProgress } from './count-progress.js';

/** The count, or after `left` milliseconds the best estimate by then; where there is none yet, the first one. */
export async function orSoFar(
  counting: Promise<MatchCount>,
  progress: CountProgress,
  left: number,
): Promise<MatchCount> {
  const end = new AbortController();
  const estimate = async (): Promise<MatchCount> => {
    await Promise.all([progress.begun, sleep(left, undefined, { signal: end.signal })]);
    return { value: progress.latest, exact: false };
  };
  const soFar = estimate();
  soFar.catch(() => undefined);
  return Promise.race([counting, soFar]).finally(() => end.abort());
}
