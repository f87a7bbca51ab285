import { Injectable } from '@nestjs/common';
import { stat } from 'node:fs/promises';
import type { Intake } from '#domain/intake/intake.js';
import { IntakeStore } from '#domain/ports/intake-store.js';
import { ServiceLog } from '#platform/log.js';
import { IntakeQueue } from './intake-queue.js';
import { WorkFolder } from './work-folder.js';

/** After a start: goes on with what a stopped or killed process left, and clears what nothing needs any more. */
@Injectable()
export class RecoverWork {
  constructor(
    private readonly intakes: IntakeStore,
    private readonly queue: IntakeQueue,
    private readonly folder: WorkFolder,
    private readonly log: ServiceLog,
  ) {}

  async execute(): Promise<void> {
    await this.folder.prepare();
    const unfinished = await this.intakes.unfinished(this.folder.holder);
    for (const intake of unfinished) await this.resume(intake);
    const known = new Set(unfinished.map(({ id }) => id));
    for (const id of await this.folder.leftovers()) if (!known.has(id)) await this.sortLeftover(id);
  }

  private async resume(intake: Intake): Promise<void> {
    const present = (await stat(intake.path).catch(() => undefined)) !== undefined;
    if (intake.state === 'receiving') {
      await this.intakes.update(intake.id, {
        state: 'quarantined',
        reason: 'The upload was cut short by a restart; send it again.',
      });
      await this.folder.clear(intake.id);
    } else if (present) {
      this.log.info({ intake: intake.id, name: intake.name, state: intake.state }, 'going on with an intake');
      this.queue.add(intake);
    } else {
      await this.endWithoutInput(intake);
    }
  }

  /** The input is gone: a published product lacks only its pictures; anything else must come again. */
  private async endWithoutInput(intake: Intake): Promise<void> {
    if (intake.state === 'published')
      await this.intakes.update(intake.id, { state: 'drawn', reason: 'The input was gone before pictures were made.' });
    else
      await this.intakes.update(intake.id, {
        state: 'quarantined',
        reason: 'The input was not there after a restart; send it again.',
      });
    await this.folder.clear(intake.id);
  }

  /** Files without an unfinished row of this holder. The host may have been renamed (a container made anew): what lies here and is not done is ours. */
  private async sortLeftover(id: string): Promise<void> {
    const intake = await this.intakes.find(id);
    if (intake === undefined) await this.adopt(id);
    else if (intake.state === 'quarantined') await this.folder.setAside(id, intake.reason ?? 'unknown');
    else if (intake.state === 'drawn' || intake.state === 'unchanged') await this.folder.clear(id);
    else await this.resume(intake);
  }

  /** Taken from the drop folder, and killed before its row was written. */
  private async adopt(id: string): Promise<void> {
    const [name] = await this.folder.inputsOf(id);
    if (name === undefined) return this.folder.clear(id);
    const path = this.folder.inputOf(id, name);
    const { holder } = this.folder;
    await this.resume(await this.intakes.create({ id, name, source: 'drop', state: 'received', path, holder }));
  }
}
