import { describe, expect, it } from '@jest/globals';
import type { MatchCount } from '#domain/catalog/catalog-query.js';
import { CountProgress } from './count-progress.js';
import { LateCounts } from './late-counts.js';
import { orSoFar } from './or-so-far.js';

const HOUR = 3_600_000;
const EXACT: MatchCount = { value: 7, exact: true };

/** A count whose end the test decides. */
function pending() {
  let end: (count: MatchCount) => void = () => undefined;
  const counting = new Promise<MatchCount>((resolve) => {
    end = resolve;
  });
  return { counting, end };
}

describe('a count that is not waited for', () => {
  it('is told where it is there in time', async () => {
    const progress = new CountProgress();
    progress.report({ value: 500, hits: 5 });
    expect(await orSoFar(Promise.resolve(EXACT), progress, HOUR)).toEqual(EXACT);
  });

  it('gives way to the best estimate so far, labelled', async () => {
    const progress = new CountProgress();
    progress.report({ value: 500, hits: 5 });
    progress.report({ value: 510, hits: 51 });
    expect(await orSoFar(pending().counting, progress, 0)).toEqual({ value: 510, exact: false });
  });

  it('gives way at once where a step to a better one waited for the page', async () => {
    const progress = new CountProgress();
    progress.report({ value: 500, hits: 5 });
    const told = orSoFar(pending().counting, progress, HOUR);
    await progress.turn(HOUR);
    expect(await told).toEqual({ value: 500, exact: false });
  });

  it('is waited for until there is an estimate or the count itself', async () => {
    const progress = new CountProgress();
    const { counting, end } = pending();
    const told = orSoFar(counting, progress, 0);
    setImmediate(() => progress.report({ value: 3, hits: 3 }));
    expect(await told).toEqual({ value: 3, exact: false });
    const small = orSoFar(counting, new CountProgress(), 0);
    setImmediate(() => end(EXACT));
    expect(await small).toEqual(EXACT);
  });

  it('fails as counting fails', async () => {
    await expect(orSoFar(Promise.reject(new Error('gone')), new CountProgress(), HOUR)).rejects.toThrow('gone');
  });
});

describe('LateCounts', () => {
  it('lets one go on, and the next when it has ended, well or not', async () => {
    const late = new LateCounts();
    const { counting, end } = pending();
    expect(late.admit(counting)).toBe(true);
    expect(late.admit(pending().counting)).toBe(false);
    end(EXACT);
    await counting;
    const failed = Promise.reject<MatchCount>(new Error('cancelled'));
    expect(late.admit(failed)).toBe(true);
    await failed.catch(() => undefined);
    expect(late.admit(pending().counting)).toBe(true);
  });
});
