import { describe, expect, it } from '@jest/globals';
import { readdir, readlink } from 'node:fs/promises';
import { InvalidError, UnavailableError } from '#domain/errors.js';
import { spoolLines } from './spool-lines.js';

const LINES = Array.from({ length: 3000 }, (_, index) => `${index} a\u2028b ${'x'.repeat(index % 700)}`);

async function* lines(failure?: Error): AsyncGenerator<string> {
  yield* LINES;
  if (failure !== undefined) throw failure;
}

/** Files of spools this process holds. */
async function held(): Promise<number> {
  const open = await readdir('/proc/self/fd');
  const files = await Promise.all(open.map((descriptor) => readlink(`/proc/self/fd/${descriptor}`).catch(() => '')));
  return files.filter((file) => file.includes('frombork-export-')).length;
}

describe('lines that wait on disk', () => {
  it('come back in their order', async () => {
    const spool = await spoolLines(lines());
    expect(await Array.fromAsync(spool.read())).toEqual(LINES);
    await spool.close();
    expect(await held()).toBe(0);
  });

  it('leave nothing behind where they are not read, or not to their end', async () => {
    await (await spoolLines(lines())).close();
    const spool = await spoolLines(lines());
    for await (const line of spool.read()) if (line === LINES[5]) break;
    await spool.close();
    expect(await held()).toBe(0);
  });

  it('leave nothing behind where who makes them fails or leaves', async () => {
    await expect(spoolLines(lines(new InvalidError('No.')))).rejects.toThrow('No.');
    await expect(spoolLines(lines(), AbortSignal.abort())).rejects.toThrow(/abort/);
    expect(await held()).toBe(0);
  });

  it('tell of a disk that is full', async () => {
    const full = Object.assign(new Error('no space'), { syscall: 'write', code: 'ENOSPC' });
    await expect(spoolLines(lines(full))).rejects.toThrow(UnavailableError);
  });
});
