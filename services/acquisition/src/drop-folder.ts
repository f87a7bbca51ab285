import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { IntakeStore } from '#domain/ports/intake-store.js';
import { ServiceLog } from '#platform/log.js';
import { ACQUISITION_CONFIG, type AcquisitionConfig } from './acquisition.config.js';
import { IntakeQueue } from './intake-queue.js';
import { WorkFolder } from './work-folder.js';

const POLL_MS = 1000;
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
    for (const name of names) if (await this.isSettled(name)) await this.take(name);
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

  /** The row first, then the move: whatever happens between, the input is in one of the two places. */
  private async take(name: string): Promise<void> {
    const id = randomUUID();
    const path = this.folder.inputOf(id, name);
    await mkdir(dirname(path), { recursive: true });
    const intake = await this.intakes.create({
      id,
      name,
      source: 'drop',
      state: 'received',
      path,
      holder: this.folder.holder,
    });
    await moveInto(join(this.folder.drop, name), path);
    this.seen.delete(name);
    this.queue.add(intake);
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
    const { cp } = await import('node:fs/promises');
    await cp(from, `${to}.part`, { recursive: true });
    await rename(`${to}.part`, to);
    await rm(from, { recursive: true });
  }
}
