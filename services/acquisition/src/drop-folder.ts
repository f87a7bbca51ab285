import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { cp, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { IntakeStore } from '#domain/ports/intake-store.js';
import { ServiceLog } from '#platform/log.js';
import { ACQUISITION_CONFIG, type AcquisitionConfig } from './acquisition.config.js';
import { IntakeQueue } from './intake-queue.js';
import { COPYING, WorkFolder } from './work-folder.js';

const POLL_MS = 1000;
/** Before something that could not be taken is tried again. */
const RETRY_MS = 60_000;
const PARTIAL = /(^\.|\.(part|tmp|crdownload|incomplete|aria2)$|_tmp$)/;

/** Takes in whatever is put into the drop folder once it has stopped changing. Names of unfinished transfers (`.part`, `.tmp`, a leading dot) are left alone. */
@Injectable()
export class DropFolder {
  private readonly seen = new Map<string, { fingerprint: string; since: number }>();
  private timer: NodeJS.Timeout | undefined;
  private scanning: Promise<void> = Promise.resolve();

  constructor(
    @Inject(ACQUISITION_CONFIG) private readonly config: AcquisitionConfig,
    private readonly intakes: IntakeStore,
    private readonly queue: IntakeQueue,
    private readonly folder: WorkFolder,
    private readonly log: ServiceLog,
  ) {}

  start(): void {
    this.timer = setTimeout(() => {
      this.scanning = this.scan()
        .catch((error: unknown) => this.log.warn({ err: error }, 'the drop folder could not be read'))
        .finally(() => {
          if (this.timer !== undefined) this.start();
        });
    }, POLL_MS);
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.scanning;
  }

  private async scan(): Promise<void> {
    const names = (await readdir(this.folder.drop)).filter((name) => !PARTIAL.test(name));
    for (const name of this.seen.keys()) if (!names.includes(name)) this.seen.delete(name);
    for (const name of names) await this.look(name);
  }

  /** What is wrong with one must not hold up the others. */
  private async look(name: string): Promise<void> {
    try {
      if (await this.isSettled(name)) await this.take(name);
    } catch (error) {
      this.log.warn({ err: error, name }, 'this could not be taken from the drop folder; it is tried again');
    }
  }

  private async isSettled(name: string): Promise<boolean> {
    const fingerprint = await fingerprintOf(join(this.folder.drop, name));
    const before = this.seen.get(name);
    if (before?.fingerprint !== fingerprint) {
      this.seen.set(name, { fingerprint, since: Date.now() });
      return this.config.ACQUISITION_SETTLE_SECONDS === 0;
    }
    return Date.now() - before.since >= this.config.ACQUISITION_SETTLE_SECONDS * 1000;
  }

  /** The move first, then the row: an input without a row is found at the next start, one without a place never is. */
  private async take(name: string): Promise<void> {
    const id = randomUUID();
    const path = this.folder.inputOf(id, name);
    const source = join(this.folder.drop, name);
    try {
      await mkdir(dirname(path), { recursive: true });
      await moveInto(source, path);
    } catch (error) {
      this.postpone(name);
      await this.folder.clear(id);
      throw error;
    }
    this.seen.delete(name);
    const { holder } = this.folder;
    const intake = await this.intakes
      .create({ id, name, source: 'drop', state: 'received', path, holder })
      .catch(async (error: unknown) => {
        await rename(path, source);
        await this.folder.clear(id);
        throw error;
      });
    this.queue.add(intake);
  }

  private postpone(name: string): void {
    const before = this.seen.get(name);
    if (before !== undefined) before.since = Date.now() + RETRY_MS;
  }
}

/** Sizes and times of everything below a path. */
async function fingerprintOf(path: string): Promise<string> {
  const info = await lstat(path).catch(() => undefined);
  if (info === undefined) return 'gone';
  const own = `${info.size}:${info.mtimeMs}`;
  if (!info.isDirectory()) return own;
  const children = await Promise.all((await readdir(path)).map((name) => fingerprintOf(join(path, name))));
  return `${own}[${children.join(',')}]`;
}

/** A rename; across file systems a copy beside the target first, so that the target is whole or absent. */
async function moveInto(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await cp(from, `${to}${COPYING}`, { recursive: true });
    await rename(`${to}${COPYING}`, to);
    // What cannot be removed would come again, and is then found unchanged.
    await rm(from, { recursive: true }).catch(() => undefined);
  }
}
