import type { IntakeStore } from '#domain/ports/intake-store.js';

const INTERVAL_MS = 1000;

/**
 * Tells the intake's row (and so the operator) what is being done, at most once a second and one update at a time. A row that cannot be written does not stop
 * the work. To be ended before the row gets its next state, which a late update would overwrite.
 */
export class ProgressReport {
  private last = 0;
  private lastStep = '';
  private writing: Promise<void> | undefined;

  constructor(
    private readonly intakes: IntakeStore,
    private readonly intakeId: string,
  ) {}

  tell(step: string, progress = 0): void {
    const now = Date.now();
    if (this.writing !== undefined || (step === this.lastStep && now - this.last < INTERVAL_MS)) return;
    this.last = now;
    this.lastStep = step;
    this.writing = this.intakes
      .update(this.intakeId, { step, progress: Math.min(1, progress) })
      .catch(() => undefined)
      .finally(() => (this.writing = undefined));
  }

  /** Waits for the update on its way. */
  async end(): Promise<void> {
    await this.writing;
  }
}
