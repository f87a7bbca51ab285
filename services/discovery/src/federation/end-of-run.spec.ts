import { describe, expect, it } from '@jest/globals';
import { InvalidError, TimeoutError, UnavailableError } from '#domain/errors.js';
import { BusyError } from './ask-upstream.js';
import { afterFailure, afterRun } from './end-of-run.js';

const now = new Date('2024-01-01T00:00:00Z');
const seconds = (due: Date): number => (due.getTime() - now.getTime()) / 1000;
const failed = (error: unknown, failures = 1, interval?: number) => afterFailure({ error, failures, interval, now });

describe('the end of a run', () => {
  it('is the end of the harvest, or of its period', () => {
    expect(afterRun({}, now)).toMatchObject({ state: 'succeeded', finished: true, failures: 0 });
    const periodic = afterRun({ interval: 3600 }, now);
    expect(periodic).toMatchObject({ state: 'waiting', finished: true });
    expect(seconds(periodic.due)).toBe(3600);
  });

  it.each([
    [1, 10],
    [2, 20],
    [5, 160],
  ])('after failure %d of what may pass tries again %d s later', (failures, wait) => {
    for (const error of [new UnavailableError('away'), new TimeoutError('slow')]) {
      const end = failed(error, failures);
      expect(end).toMatchObject({ state: 'waiting', failures, error: error.message, finished: false });
      expect(seconds(end.due)).toBe(wait);
    }
  });

  it('waits as long as a busy source asks for, an hour at most', () => {
    expect(seconds(failed(new BusyError('busy', 90_000)).due)).toBe(90);
    expect(seconds(failed(new BusyError('busy', 10 ** 9)).due)).toBe(3600);
  });

  it('gives up after six attempts, a periodic one until its next time', () => {
    expect(failed(new UnavailableError('away'), 6).state).toBe('failed');
    const periodic = failed(new UnavailableError('away'), 6, 86_400);
    expect(periodic.state).toBe('waiting');
    expect(seconds(periodic.due)).toBe(86_400);
  });

  it('gives up at once what will not pass, and keeps what is nobody else’s business', () => {
    expect(failed(new InvalidError('no XML'), 1, 60)).toMatchObject({ state: 'failed', error: 'no XML' });
    const unknown = failed(new Error('secret'));
    expect(unknown.state).toBe('failed');
    expect(unknown.error).not.toContain('secret');
  });
});
