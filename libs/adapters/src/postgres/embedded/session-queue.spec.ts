import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { SessionQueue, type SessionUser } from './session-queue.js';
import type { TransactionStatus } from './wire-message.js';

describe('SessionQueue', () => {
  const done: string[] = [];
  const queueOf = (idleLimitMs = 60_000) => {
    done.length = 0;
    return new SessionQueue(() => Promise.resolve(void done.push('rollback')), idleLimitMs);
  };
  const user = (evict: () => void = () => undefined): SessionUser => ({ evict });
  const turn = (name: string, status?: TransactionStatus) => async () => {
    await sleep(1);
    done.push(name);
    return status;
  };

  it('gives turns in the order they were asked for', async () => {
    const queue = queueOf();
    await Promise.all(['a', 'b', 'c'].map((name) => queue.enter(user(), turn(name, 'I'))));
    expect(done).toEqual(['a', 'b', 'c']);
  });

  it('lets whoever has a transaction open go first until it ends', async () => {
    const queue = queueOf();
    const [one, two] = [user(), user()];
    const begun = queue.enter(one, turn('begin', 'T'));
    const other = queue.enter(two, turn('other', 'I'));
    await begun;
    await sleep(10);
    expect(done).toEqual(['begin']);
    await Promise.all([queue.enter(one, turn('failed', 'E')), queue.enter(one, turn('rolled back', 'I')), other]);
    expect(done).toEqual(['begin', 'failed', 'rolled back', 'other']);
  });

  it('rolls back what a user who left had open, and drops its turns', async () => {
    const queue = queueOf();
    const [one, two] = [user(), user()];
    await queue.enter(one, turn('begin', 'T'));
    await sleep(5);
    void queue.enter(one, turn('slow', 'T'));
    void queue.enter(one, turn('dropped', 'T'));
    queue.leave(one);
    await queue.enter(two, turn('next', 'I'));
    expect(done).toEqual(['begin', 'slow', 'rollback', 'next']);
  });

  it('evicts who stays idle in a transaction while others wait, and only then', async () => {
    const queue = queueOf(30);
    let evicted = 0;
    const idler = user(() => void evicted++);
    await queue.enter(idler, turn('begin', 'T'));
    await sleep(80);
    expect(evicted).toBe(0);
    await queue.enter(user(), turn('waited', 'I'));
    expect(evicted).toBe(1);
    expect(done).toEqual(['begin', 'rollback', 'waited']);
  });

  it('goes on after a turn that failed', async () => {
    const queue = queueOf();
    await expect(queue.enter(user(), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await queue.enter(user(), turn('next', 'I'));
    expect(done).toEqual(['next']);
  });
});
