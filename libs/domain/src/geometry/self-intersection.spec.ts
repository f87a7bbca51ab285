import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Position } from './geometry.js';
import { findSelfIntersection, isSimple } from './self-intersection.js';

const circle = (count: number): readonly Position[] =>
  Array.from({ length: count + 1 }, (_, i): Position => {
    const angle = (2 * Math.PI * (i % count)) / count;
    return [Math.cos(angle), Math.sin(angle)];
  });

/** Processor time, so that a busy machine is not taken for a slow parser. */
function cpuMilliseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

describe('findSelfIntersection (OGC 06-103r4 §6.1.11)', () => {
  it('finds where a bow tie crosses itself', () => {
    const bowTie: readonly Position[] = [
      [0, 0],
      [2, 2],
      [2, 0],
      [0, 2],
      [0, 0],
    ];
    expect(findSelfIntersection(bowTie)).toEqual([1, 1]);
    expect(isSimple({ type: 'Polygon', coordinates: [bowTie] })).toBe(false);
  });

  it('finds spikes and touching corners', () => {
    const spike: readonly Position[] = [
      [0, 0],
      [4, 0],
      [4, 4],
      [4, 0],
      [0, 4],
      [0, 0],
    ];
    expect(findSelfIntersection(spike)).toBeDefined();
  });

  it('takes circles, and finds any two of their corners swapped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 60 }), fc.nat(), (count, at) => {
        const ring = [...circle(count)];
        expect(findSelfIntersection(ring)).toBeUndefined();
        const i = 1 + (at % (count - 2));
        [ring[i], ring[i + 1]] = [ring[i + 1]!, ring[i]!];
        expect(findSelfIntersection(ring)).toBeDefined();
      }),
    );
  });

  it('checks 20 000 positions in a second and refuses more', () => {
    const started = process.cpuUsage();
    expect(findSelfIntersection(circle(19_999))).toBeUndefined();
    expect(cpuMilliseconds(started)).toBeLessThan(1000);
    expect(() => findSelfIntersection(circle(20_001))).toThrow('at most 20000');
  });
});
