import { Inject, Injectable } from '@nestjs/common';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { PlatformConfig } from '#platform/platform.config.js';
import { ACQUISITION_CONFIG, type AcquisitionConfig } from './acquisition.config.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Ending of an input that is being copied into the work folder. */
export const COPYING = '.part';

/** The folders acquisition works in, all on one file system so that moving is atomic: `work/<intake>/`, `quarantine/<intake>/`, `drop/`. */
@Injectable()
export class WorkFolder {
  readonly drop: string;
  /** Host and data folder; an intake can only be continued where its files are. */
  readonly holder: string;
  private readonly work: string;
  private readonly quarantine: string;

  constructor(@Inject(ACQUISITION_CONFIG) config: AcquisitionConfig & PlatformConfig) {
    const data = resolve(config.FROMBORK_DATA);
    this.work = join(data, 'work');
    this.quarantine = join(data, 'quarantine');
    this.drop = resolve(config.ACQUISITION_DROP_FOLDER ?? join(data, 'drop'));
    this.holder = `${hostname()}:${data}`;
  }

  async prepare(): Promise<void> {
    await Promise.all([this.work, this.quarantine, this.drop].map((folder) => mkdir(folder, { recursive: true })));
  }

  /** Where an intake's input lies while it is worked on. */
  inputOf(intakeId: string, name: string): string {
    return join(this.work, intakeId, 'input', name);
  }

  /** A folder for extracted files and pictures in the making. */
  scratchOf(intakeId: string): string {
    return join(this.work, intakeId, 'scratch');
  }

  /** Removes everything an intake left in the work folder. */
  async clear(intakeId: string): Promise<void> {
    await rm(join(this.work, intakeId), { recursive: true, force: true });
  }

  /** Moves an intake's input out of the way and puts the reason beside it. */
  async setAside(intakeId: string, reason: string): Promise<void> {
    const target = join(this.quarantine, intakeId);
    await mkdir(target, { recursive: true });
    await writeFile(join(target, 'reason.txt'), `${reason}\n`);
    const input = join(this.work, intakeId, 'input');
    for (const name of await readdir(input).catch(() => []))
      await rename(join(input, name), join(target, basename(name)));
    await this.clear(intakeId);
  }

  /** Ids of every intake that left something in the work folder. */
  async leftovers(): Promise<readonly string[]> {
    return (await readdir(this.work)).filter((name) => UUID.test(name));
  }

  /** Names of the whole inputs an intake has here: one, or none. */
  async inputsOf(intakeId: string): Promise<readonly string[]> {
    const names = await readdir(join(this.work, intakeId, 'input')).catch(() => []);
    return names.filter((name) => !name.endsWith(COPYING));
  }
}
