import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FairQueue, type FairClient, type FairLimits } from './fair-queue.js';

const LIMITS: FairLimits = { total: 4, perClient: 2, queued: 3, clientsPerGroup: 2 };
const client = (group: string, name = ''): FairClient => ({ group, name });
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Work of clients, each named by who and how many of its own came before; what began and what was refused, in order. */
class Work {
  readonly began: string[] = [];
  readonly refused: string[] = [];
  readonly ends = new Map<string, () => void>();
  private readonly asked = new Map<string, number>();

  constructor(readonly queue: FairQueue) {}

  async ask(who: FairClient, times = 1, signal?: AbortSignal): Promise<void> {
    for (let time = 0; time < times; time++) {
      const key = `${who.group}${who.name}`;
      const number = this.asked.get(key) ?? 0;
      this.asked.set(key, number + 1);
      void this.queue.enter(who, signal).then(
        (end) => {
          if (end === undefined) this.refused.push(`${key}${number}`);
          else {
            this.began.push(`${key}${number}`);
            this.ends.set(`${key}${number}`, end);
          }
        },
        () => undefined,
      );
    }
    await settled();
  }

  async end(name: string): Promise<void> {
    const end = this.ends.get(name);
    this.ends.delete(name);
    end?.();
    end?.();
    await settled();
  }
}

describe('FairQueue', () => {
  it('runs so many of a client, keeps so many waiting, refuses the rest', async () => {
    const work = new Work(new FairQueue(LIMITS));
    await work.ask(client('a'), 7);
    expect([work.began, work.refused]).toEqual([
      ['a0', 'a1'],
      ['a5', 'a6'],
    ]);
    await work.end('a1');
    await work.ask(client('a'), 2);
    expect([work.began, work.refused]).toEqual([
      ['a0', 'a1', 'a2'],
      ['a5', 'a6', 'a8'],
    ]);
  });

  it('lets who asks little begin beside one who asks much, and before what that one has waiting', async () => {
    const work = new Work(new FairQueue({ ...LIMITS, total: 2, queued: 100 }));
    await work.ask(client('heavy'), 90);
    await work.ask(client('light'));
    expect(work.began).toEqual(['heavy0', 'heavy1']);
    await work.end('heavy0');
    expect(work.began.at(-1)).toBe('light0');
    await work.end('light0');
    expect(work.began.at(-1)).toBe('heavy2');
  });

  it('takes turns between all who wait', async () => {
    const work = new Work(new FairQueue({ ...LIMITS, total: 1, queued: 9 }));
    for (const group of ['a', 'b', 'c']) await work.ask(client(group), 3);
    for (let at = 0; at < 9; at++) await work.end(work.began.at(-1)!);
    expect(work.began).toEqual(['a0', 'b0', 'c0', 'a1', 'b1', 'c1', 'a2', 'b2', 'c2']);
  });

  it('gives an address that invents names no more turns than any other', async () => {
    const work = new Work(new FairQueue({ ...LIMITS, total: 1, queued: 9, clientsPerGroup: 9 }));
    for (const name of ['x', 'y', 'z']) await work.ask(client('a', name), 3);
    await work.ask(client('b'), 3);
    for (let at = 0; at < 6; at++) await work.end(work.began.at(-1)!);
    expect(work.began).toEqual(['ax0', 'b0', 'ay0', 'b1', 'az0', 'b2', 'ax1']);
  });

  it('bounds an address as a whole', async () => {
    const work = new Work(new FairQueue({ ...LIMITS, total: 99 }));
    for (const name of ['v', 'w', 'x', 'y', 'z']) await work.ask(client('a', name), 2);
    expect([work.began.length, work.refused.length]).toEqual([4, 0]);
    await work.ask(client('a', 'x'), 2);
    expect([work.began.length, work.refused.length]).toEqual([4, 2]);
  });

  it('forgets who left while waiting', async () => {
    const work = new Work(new FairQueue({ ...LIMITS, total: 1 }));
    const gone = new AbortController();
    await work.ask(client('a'));
    await work.ask(client('b'), 1, gone.signal);
    await work.ask(client('c'));
    gone.abort(new Error('left'));
    await work.end('a0');
    expect(work.began).toEqual(['a0', 'c0']);
    await expect(work.queue.enter(client('d'), gone.signal)).rejects.toThrow('left');
  });

  it('never runs more than it may, and leaves nobody waiting while it could run', async () => {
    const step = fc.record({
      who: fc.constantFrom('a', 'b', 'c'),
      name: fc.constantFrom('x', 'y'),
      ends: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const work = new Work(new FairQueue(LIMITS));
        let asked = 0;
        for (const { who, name, ends } of steps) {
          const [first] = work.ends.keys();
          if (ends && first !== undefined) await work.end(first);
          else {
            asked++;
            await work.ask(client(who, name));
          }
          expect(work.ends.size).toBeLessThanOrEqual(LIMITS.total);
          for (const one of ['ax', 'ay', 'bx', 'by', 'cx', 'cy']) {
            const own = [...work.ends.keys()].filter((key) => key.startsWith(one));
            expect(own.length).toBeLessThanOrEqual(LIMITS.perClient);
          }
        }
        while (work.ends.size > 0) await work.end([...work.ends.keys()][0]!);
        expect(work.began.length + work.refused.length).toBe(asked);
      }),
    );
  });
});
