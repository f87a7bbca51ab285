import { Inject, Injectable } from '@nestjs/common';
import type { Intake } from '#domain/intake/intake.js';
import { ServiceLog } from '#platform/log.js';
import { withRequestId } from '#platform/request-context.js';
import { ACQUISITION_CONFIG, type AcquisitionConfig } from './acquisition.config.js';
import { ProcessIntake } from './process-intake.js';

/** Works through intakes, a few at a time; two of the same name never at once. */
@Injectable()
export class IntakeQueue {
  private readonly waiting: Intake[] = [];
  private readonly running = new Map<string, Promise<void>>();
  private readonly stopped = new AbortController();

  constructor(
    @Inject(ACQUISITION_CONFIG) private readonly config: AcquisitionConfig,
    private readonly process: ProcessIntake,
    private readonly log: ServiceLog,
  ) {}

  add(intake: Intake): void {
    this.waiting.push(intake);
    this.fill();
  }

  /** Intakes waiting or in work. */
  get size(): number {
    return this.waiting.length + this.running.size;
  }

  /** Takes no more; work in hand stops at its next step and goes on after a restart. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await Promise.all(this.running.values());
  }

  private fill(): void {
    while (!this.stopped.signal.aborted && this.running.size < this.config.ACQUISITION_PARALLEL) {
      const next = this.waiting.findIndex((intake) => !this.running.has(productOf(intake)));
      const intake = next < 0 ? undefined : this.waiting.splice(next, 1)[0];
      if (intake === undefined) return;
      this.start(intake);
    }
  }

  private start(intake: Intake): void {
    const work = withRequestId(intake.requestId ?? intake.id, () => this.process.execute(intake, this.stopped.signal))
      .catch((error: unknown) => {
        if (!this.stopped.signal.aborted)
          this.log.error({ err: error, intake: intake.id }, 'an intake stopped; it goes on at the next start');
      })
      .finally(() => {
        this.running.delete(productOf(intake));
        this.fill();
      });
    this.running.set(productOf(intake), work);
  }
}

/** The product an intake is about, as far as its name tells; zip and folder of one product are the same. */
function productOf(intake: Intake): string {
  return intake.name.replace(/\.(SAFE|SEN3)?\.?(zip|nc|json|tar)?$/i, '');
}
