import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import { ConflictError } from '#domain/errors.js';

/** A lock that this process holds. */
export interface FolderLock {
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  /** Pids are used again; a pid and its start are not. */
  readonly started: string;
  readonly host: string;
}

const run = promisify(execFile);

/**
 * Takes a lock file for this process; one that a dead process of this host left is taken over.
 * Throws ConflictError, saying who holds it, where it is held.
 */
export async function lockFolder(file: string, what: string): Promise<FolderLock> {
  const own: Holder = { pid: process.pid, started: await startOf(process.pid), host: hostname() };
  const written = `${file}.${randomUUID()}`;
  await writeFile(written, JSON.stringify(own), { flush: true });
  try {
    await takeOver(file, what);
    // A link appears whole or not at all, and only where there is none.
    await link(written, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new ConflictError(`${what} was just taken by another process; stop that one first.`, { cause: error });
  } finally {
    await rm(written, { force: true });
  }
  return { release: () => rm(file, { force: true }) };
}

async function takeOver(file: string, what: string): Promise<void> {
  const found = await readFile(file, 'utf8').catch(() => undefined);
  if (found === undefined) return;
  const holder = JSON.parse(found) as Holder;
  if (holder.host !== hostname()) {
    throw new ConflictError(
      `${what} is locked by process ${holder.pid} on ${holder.host}; if that one is gone for good, remove ${file}.`,
    );
  }
  if ((await startOf(holder.pid)) === holder.started) {
    throw new ConflictError(
      `${what} is in use by process ${holder.pid}: stop it, choose another FROMBORK_DATA, or let both use a PostgreSQL server by DATABASE_URL.`,
    );
  }
  const aside = `${file}.${randomUUID()}`;
  await rename(file, aside);
  // Another process may have taken the stale lock over between the reading and the renaming.
  if ((await readFile(aside, 'utf8')) !== found) await link(aside, file);
  await rm(aside);
}

/** When a process started, in words that are its own; '' where there is no such process. */
async function startOf(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // proc(5): the 22nd field; the second, the name, may itself hold spaces and brackets.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    if (process.platform === 'linux') return '';
    const listed = await run('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
    return listed.stdout.trim();
  }
}
