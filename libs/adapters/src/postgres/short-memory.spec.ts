import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { ShortMemory } from './short-memory.js';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

it('tells for a minute what it was told last', () => {
  const memory = new ShortMemory<number>();
  memory.remember('a', 1);
  jest.advanceTimersByTime(30_000);
  memory.remember('a', 2);
  jest.advanceTimersByTime(59_000);
  expect([memory.recall('a'), memory.recall('b')]).toEqual([2, undefined]);
  jest.advanceTimersByTime(2_000);
  expect(memory.recall('a')).toBeUndefined();
});

it('keeps the last thousand', () => {
  const memory = new ShortMemory<number>();
  for (let n = 0; n < 1_000; n++) memory.remember(`${n}`, n);
  memory.remember('0', 0);
  memory.remember('1000', 1_000);
  expect(['0', '1', '2', '1000'].map((key) => memory.recall(key))).toEqual([0, undefined, 2, 1_000]);
});
