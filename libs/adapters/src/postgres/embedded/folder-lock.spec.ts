import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConflictError } from '#domain/errors.js';
import { lockFolder } from './folder-lock.js';

describe('lockFolder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'frombork-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const claims = () => readdir(join(folder, 'claims'));
  /** Puts the claim of this process there, changed, as another process would have left it. */
  const leaveClaim = async (change: Record<string, unknown>) => {
    const lock = await lockFolder(folder, 'x');
    const [name = ''] = await claims();
    const own = JSON.parse(await readFile(join(folder, 'claims', name), 'utf8')) as Record<string, unknown>;
    await lock.release();
    await writeFile(join(folder, 'claims', 'left'), JSON.stringify({ ...own, ...change }));
  };

  it('is held until it is released, and leaves nothing else behind', async () => {
    const lock = await lockFolder(folder, 'The database');
    await expect(lockFolder(folder, 'The database')).rejects.toThrow(
      new RegExp(`The database is in use by process ${process.pid}`),
    );
    await lock.release();
    await (await lockFolder(folder, 'The database')).release();
    expect(await claims()).toEqual([]);
  });

  it('is taken over from a process that is gone', async () => {
    const child = spawn('true');
    await new Promise((resolve) => child.once('close', resolve));
    await leaveClaim({ pid: child.pid });
    await (await lockFolder(folder, 'x')).release();
  });

  it('is taken over where the pid now belongs to another process', async () => {
    await leaveClaim({ started: '1' });
    await (await lockFolder(folder, 'x')).release();
  });

  it('is taken over where the file was cut by a full disk or a power loss', async () => {
    await leaveClaim({});
    await writeFile(join(folder, 'claims', 'left'), '');
    await (await lockFolder(folder, 'x')).release();
  });

  it('is not taken over from another host, and says what to do', async () => {
    await leaveClaim({ pid: 1, host: `not-${hostname()}` });
    await expect(lockFolder(folder, 'x')).rejects.toThrow(/locked by process 1 on not-.*remove/);
  });

  it('goes to at most one of several that find a stale one at once, and then to the next', async () => {
    for (let round = 0; round < 10; round++) {
      await leaveClaim({ started: '1' });
      const tries = await Promise.allSettled([1, 2, 3, 4].map(() => lockFolder(folder, 'x')));
      const won = tries.filter((result) => result.status === 'fulfilled');
      expect(won.length).toBeLessThanOrEqual(1);
      for (const lost of tries.filter((result) => result.status === 'rejected')) {
        expect(lost.reason).toBeInstanceOf(ConflictError);
      }
      await won[0]?.value.release();
      await (await lockFolder(folder, 'x')).release();
    }
  });
});
