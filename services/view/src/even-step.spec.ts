import { describe, expect, it } from '@jest/globals';
import { evenStep } from './even-step.js';

describe('even steps in time', () => {
  it.each([
    ['every five seconds', [0, 5, 10, 15], 5],
    ['in any order, several at one moment', [10, 0, 5, 5, 10], 5],
    ['every quarter of an hour', [0, 900, 1800], 900],
    ['a gap', [0, 5, 15], undefined],
    ['days', [0, 86_400, 172_800], undefined],
    ['fractions of seconds', [0, 0.5, 1], undefined],
    ['from between two seconds', [0.5, 1.5, 2.5], undefined],
    ['two moments', [0, 5], undefined],
    ['none', [], undefined],
  ] as const)('%s', (_, seconds, step) => {
    expect(evenStep(seconds.map((second) => new Date(second * 1000)))).toBe(step);
  });
});
