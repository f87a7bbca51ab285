import { Injectable } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { DomainError, NotFoundError } from '#domain/errors.js';
import type { Intake } from '#domain/intake/intake.js';
import { IntakeStore } from '#domain/ports/intake-store.js';
import { ServiceLog } from '#platform/log.js';
import { DrawProduct } from './draw-product.js';
import { PublishProduct } from './publish-product.js';
import { WorkFolder } from './work-folder.js';

const RETRY_SECONDS = [1, 2, 5, 15, 60];
/** Tries an input gets that fails for no reason we know, before it is set aside for a person to look at. */
const UNKNOWN_FAILURES = 3;
const SHORTAGES = new Set(['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'ENOMEM', 'EROFS', 'ESTALE']);

/**
 * Takes one intake from where it stands to its end. Each step can be repeated: a process killed anywhere goes on from the
 * state in the row. Bad input is quarantined with its reason; a component that is away is waited for.
 */
@Injectable()
export class ProcessIntake {
  constructor(
    private readonly intakes: IntakeStore,
    private readonly publish: PublishProduct,
    private readonly draw: DrawProduct,
    private readonly folder: WorkFolder,
    private readonly log: ServiceLog,
  ) {}

  /** Throws only where the signal ends it or the row is gone. */
  async execute(intake: Intake, signal: AbortSignal): Promise<void> {
    let unknown = 0;
    let verdict: string | undefined;
    for (let attempt = 0; ; attempt++) {
      try {
        await (verdict === undefined ? this.advance(intake, signal) : this.giveUp(intake, verdict));
        return;
      } catch (error) {
        signal.throwIfAborted();
        if (verdict !== undefined && error instanceof NotFoundError) throw error;
        if (!isPassing(error)) unknown += 1;
        if (verdict === undefined && isFinal(error, unknown)) verdict = reasonOf(error);
        else await this.pause(intake, { error, attempt, signal });
      }
    }
  }

  private async pause(
    intake: Intake,
    { error, attempt, signal }: { error: unknown; attempt: number; signal: AbortSignal },
  ): Promise<void> {
    const seconds = RETRY_SECONDS[Math.min(attempt, RETRY_SECONDS.length - 1)] ?? 60;
    this.log.warn({ err: error, intake: intake.id, seconds }, 'an intake is tried again');
    await wait(seconds * 1000, undefined, { signal });
  }

  private async advance(intake: Intake, signal: AbortSignal): Promise<void> {
    const current = (await this.intakes.find(intake.id)) ?? intake;
    if (current.state === 'received') await this.publish.execute(current, signal);
    const published = await this.intakes.find(intake.id);
    if (published?.state === 'published') await this.draw.execute(published, signal);
    await this.folder.clear(intake.id);
  }

  /** A product that is published already stays, without pictures. */
  private async giveUp(intake: Intake, reason: string): Promise<void> {
    if ((await this.intakes.find(intake.id))?.state !== 'published') return this.quarantine(intake, reason);
    await this.intakes.update(intake.id, { state: 'drawn', reason });
    await this.folder.clear(intake.id);
  }

  private async quarantine(intake: Intake, reason: string): Promise<void> {
    await this.intakes.update(intake.id, { state: 'quarantined', reason });
    await this.folder.setAside(intake.id, reason);
    this.log.warn({ intake: intake.id, name: intake.name, reason }, 'quarantined');
  }
}

/** Whether it is no fault of the input and passes by itself: a component that is away, a disk that is full. */
function isPassing(error: unknown): boolean {
  if (error instanceof DomainError) return ['unavailable', 'timeout', 'conflict'].includes(error.kind);
  return error instanceof Error && 'code' in error && SHORTAGES.has(String(error.code));
}

function isFinal(error: unknown, unknown: number): boolean {
  if (isPassing(error)) return false;
  return error instanceof DomainError || unknown >= UNKNOWN_FAILURES;
}

function reasonOf(error: unknown): string {
  if (error instanceof DomainError) return error.message;
  return `It could not be taken in, for a reason this software does not know: ${error instanceof Error ? error.message : String(error)}`;
}
