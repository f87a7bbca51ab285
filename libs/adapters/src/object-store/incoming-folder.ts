import { mkdir, open, readdir, stat, unlink, type FileHandle } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { systemCode } from './file-error.js';

/** Name of the folder of puts in progress; `~` is not in the alphabet of keys, so no object can be called so. */
export const INCOMING = '~incoming';

const THIS_PROCESS = randomUUID();
const ABANDONED_MS = 24 * 3600 * 1000;

/** A file being written beside the objects, on the same file system so that renaming it is atomic. */
export interface IncomingFile {
  readonly path: string;
  readonly handle: FileHandle;
}

/** Folder of puts in progress. A file's name says who writes it, so that the next start removes what a killed process left and nothing else. */
export class IncomingFolder {
  readonly #path: string;

  constructor(root: string) {
    this.#path = join(root, INCOMING);
  }

  /** Makes the folder and removes leftovers; returns how many. */
  async open(): Promise<number> {
    await mkdir(this.#path, { recursive: true });
    let removed = 0;
    for (const name of await readdir(this.#path)) {
      if (await this.#isAbandoned(name)) {
        await unlink(join(this.#path, name)).then(() => removed++, ignoreMissing);
      }
    }
    return removed;
  }

  /** Creates an empty file for one put. */
  async create(): Promise<IncomingFile> {
    const path = join(this.#path, [process.pid, THIS_PROCESS, randomUUID(), hostname()].join('~'));
    return { path, handle: await open(path, 'wx') };
  }

  /** Closes the file and removes it where it still is. */
  async discard(file: IncomingFile): Promise<void> {
    await file.handle.close();
    await unlink(file.path).catch(ignoreMissing);
  }

  async #isAbandoned(name: string): Promise<boolean> {
    const [pid, owner, , host] = name.split('~');
    if (owner === THIS_PROCESS) return false;
    // A restarted container has the process number of the one that was killed, so "our" number with another owner is abandoned too.
    if (host === hostname()) return Number(pid) === process.pid || !isAlive(Number(pid));
    const { mtimeMs } = await stat(join(this.#path, name)).catch(() => ({ mtimeMs: Date.now() }));
    return Date.now() - mtimeMs > ABANDONED_MS;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

function ignoreMissing(error: unknown): void {
  if (systemCode(error) !== 'ENOENT') throw error;
}
