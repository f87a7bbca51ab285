import { describe, expect, it } from '@jest/globals';
import { CountProgress } from './count-progress.js';
import type { ResultSlice } from './result-slice.js';

const HOUR = 3_600_000;
const SLICE: ResultSlice = { rows: [], hasNext: true, hasPrevious: false };

describe('CountProgress', () => {
  it('keeps what is known from most products', () => {
    const progress = new CountProgress();
    const heard: number[] = [];
    progress.onReport(({ value }) => heard.push(value));
    progress.report({ value: 500, hits: 50 });
    progress.report({ value: 90, hits: 3 });
    progress.report({ value: 480, hits: 120 });
    expect(progress.latest).toBe(480);
    expect(heard).toEqual([500, 480]);
  });

  it('has the turn of a long step come with the page, read or not', async () => {
    await new CountProgress(Promise.resolve(SLICE)).turn(HOUR);
    await new CountProgress(Promise.reject(new Error('gone'))).turn(HOUR);
  });

  it('has the turn of a short one come while the page is read', async () => {
    await new CountProgress(new Promise(() => undefined)).turn(1);
  });
});
