import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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

const ATTEMPTS = 4;
const run = promisify(execFile);

/**
 * Takes a folder for this process; claims that dead processes of this host left are removed. Throws ConflictError, saying who holds it, where it is held.
 * Each process puts its claim there first and looks for others then: of two at once at least one sees the other and steps back, so never do both have it.
 */
export async function lockFolder(folder: string, what: string): Promise<FolderLock> {
  const claims = join(folder, 'claims');
  await mkdir(claims, { recursive: true, mode: 0o700 });
  const own: Holder = { pid: process.pid, started: await startOf(process.pid), host: hostname() };
  for (let attempt = 1; ; attempt++) {
    const name = randomUUID();
    await putWhole(claims, name, JSON.stringify(own));
    try {
      await refuseOthers(claims, name, what);
      return { release: () => rm(join(claims, name), { force: true }) };
    } catch (error) {
      await rm(join(claims, name), { force: true });
      // The other may have stepped back as well.
      if (attempt === ATTEMPTS) throw error;
      await sleep(20 + 100 * Math.random());
    }
  }
}

/** A claim is seen whole or not at all. */
async function putWhole(folder: string, name: string, text: string): Promise<void> {
  const unfinished = join(folder, `.${name}`);
  await writeFile(unfinished, text, { flush: true });
  await rename(unfinished, join(folder, name));
}

async function refuseOthers(claims: string, own: string, what: string): Promise<void> {
  const others = (await readdir(claims)).filter((name) => name !== own && !name.startsWith('.'));
  for (const name of others) {
    const file = join(claims, name);
    const holder = parseHolder(await readFile(file, 'utf8').catch(() => ''));
    if (holder !== undefined) await refuseLiving(holder, file, what);
    await rm(file, { force: true });
  }
}

async function refuseLiving({ pid, started, host }: Holder, file: string, what: string): Promise<void> {
  if (host !== hostname()) {
    throw new ConflictError(
      `${what} is locked by process ${pid} on ${host}; if that one is gone for good, remove ${file}.`,
    );
  }
  if ((await startOf(pid)) !== started) return;
  throw new ConflictError(
    `${what} is in use by process ${pid}: stop it, choose another FROMBORK_DATA, or let both use a PostgreSQL server by DATABASE_URL.`,
  );
}

/** Undefined for what is no claim: a file cut short by a power loss, or one just withdrawn. */
function parseHolder(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
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
