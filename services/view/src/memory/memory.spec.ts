import { describe, expect, it } from '@jest/globals';
import { ByteLru } from './byte-lru.js';
import { SceneChanges, type MadeFrom } from './scene-changes.js';
import { SharedWork } from './shared-work.js';

const clock = { now: () => new Date(0) };

describe('SceneChanges', () => {
  const made: MadeFrom = { collections: ['a'], products: new Set(['used']), bounds: [170, -10, -170, 10] };

  it.each([
    ['one that lies there', { collection: 'a', product: 'x', bounds: [-175, 0, -174, 1] as const }, true],
    ['one that ends at 180 degrees', { collection: 'a', product: 'x', bounds: [-180, 0, -180, 1] as const }, true],
    ['one beside it', { collection: 'a', product: 'x', bounds: [0, 0, 1, 1] as const }, false],
    ['one of another collection', { collection: 'b', product: 'used', bounds: [-175, 0, -174, 1] as const }, false],
    ['one that was used, moved', { collection: 'a', product: 'used', bounds: [0, 0, 1, 1] as const }, true],
    ['one that was used, gone', { collection: 'a', product: 'used' }, true],
    ['one that was not, gone', { collection: 'a', product: 'x' }, false],
  ])('%s: %s', (_title, change, isTouched) => {
    const changes = new SceneChanges(clock);
    const before = changes.look();
    changes.note(change);
    expect(changes.isFresh({ ...made, ...before })).toBe(!isTouched);
    expect(changes.isFresh({ ...made, ...changes.look() })).toBe(true);
  });

  it('takes what it cannot remember for touched', () => {
    const changes = new SceneChanges(clock);
    const first = changes.look();
    changes.note({ collection: 'b', product: 'x' });
    const second = changes.look();
    for (let i = 0; i < 1000; i++) changes.note({ collection: 'b', product: String(i) });
    expect([first, second].map((lookedAt) => changes.isFresh({ ...made, ...lookedAt }))).toEqual([false, true]);
  });

  it('believes for five seconds what no event speaks against', () => {
    let now = 0;
    const changes = new SceneChanges({ now: () => new Date(now) });
    const lookedAt = changes.look();
    now = 4_999;
    expect(changes.isFresh({ ...made, ...lookedAt })).toBe(true);
    now = 5_000;
    expect(changes.isFresh({ ...made, ...lookedAt })).toBe(false);
  });
});

describe('ByteLru', () => {
  it('lets the ones used longest ago go, and keeps nothing larger than its room', () => {
    const kept = new ByteLru<string>(1000, (text) => text.length);
    kept.set('a', 'x'.repeat(200));
    kept.set('b', 'x'.repeat(200));
    kept.get('a');
    kept.set('c', 'x'.repeat(200));
    expect([kept.get('a')?.length, kept.get('b'), kept.get('c')?.length]).toEqual([200, undefined, 200]);
    kept.set('a', 'x'.repeat(5000));
    expect([kept.get('a'), kept.size <= 1000]).toEqual([undefined, true]);
  });
});

describe('SharedWork', () => {
  it('does the same work once, and stops it when the last one has left', async () => {
    const shared = new SharedWork<string>();
    const [one, other] = [new AbortController(), new AbortController()];
    let [starts, stops] = [0, 0];
    const work = (signal: AbortSignal): Promise<string> => {
      starts++;
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          stops++;
          reject(new Error('stopped'));
        });
      });
    };
    const both = [shared.run('k', work, one.signal), shared.run('k', work, other.signal)];
    const ended = Promise.allSettled(both);
    one.abort(new Error('left'));
    expect([starts, stops]).toEqual([1, 0]);
    other.abort(new Error('left'));
    expect([starts, stops]).toEqual([1, 1]);
    expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await shared.run('k', () => Promise.resolve('new'))).toBe('new');
  });
});
