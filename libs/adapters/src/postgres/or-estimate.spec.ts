import { describe, expect, it } from '@jest/globals';
import type { MatchCount } from '#domain/catalog/catalog-query.js';
import { TimeoutError } from '#domain/errors.js';
import { orEstimate } from './or-estimate.js';

const HOUR = 3_600_000;
const EXACT: MatchCount = { value: 7, exact: true };
const ESTIMATE: MatchCount = { value: 8, exact: false };
const estimate = (): Promise<MatchCount> => Promise.resolve(ESTIMATE);

describe('a count that is waited for with patience', () => {
  it('is told where it is there in time', async () => {
    expect(await orEstimate(Promise.resolve(EXACT), HOUR, estimate)).toEqual(EXACT);
  });

  it('gives way to an estimate when it takes too long', async () => {
    expect(await orEstimate(new Promise<MatchCount>(() => undefined), 1, estimate)).toEqual(ESTIMATE);
  });

  it('gives way to an estimate when the database gave it up', async () => {
    const givenUp = Promise.reject<MatchCount>(new TimeoutError('too long'));
    expect(await orEstimate(givenUp, HOUR, estimate)).toEqual(ESTIMATE);
  });

  it('fails as counting fails, and as the estimate does', async () => {
    const gone = Promise.reject<MatchCount>(new Error('gone'));
    await expect(orEstimate(gone, HOUR, estimate)).rejects.toThrow('gone');
    const never = new Promise<MatchCount>(() => undefined);
    await expect(orEstimate(never, 1, () => Promise.reject(new Error('no sample')))).rejects.toThrow('no sample');
  });
});
