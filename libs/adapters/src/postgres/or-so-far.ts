import type { MatchCount } from '#domain/catalog/catalog-query.js';
import type { CountProgress } from './count-progress.js';

/** The count, or after `left` milliseconds the best estimate by then, sooner where a better one takes long; where there is none yet, the first one. */
export function orSoFar(counting: Promise<MatchCount>, progress: CountProgress, left: number): Promise<MatchCount> {
  return new Promise((resolve, reject) => {
    const estimate = (): void => resolve({ value: progress.latest, exact: false });
    const orFirst = (): void => void progress.begun.then(estimate);
    const timer = setTimeout(orFirst, left);
    void progress.sufficient.then(orFirst);
    counting.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
