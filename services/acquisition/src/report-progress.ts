import type { IntakeStore } from '#domain/ports/intake-store.js';

const INTERVAL_MS = 1000;

/** Tells the intake's row (and so the operator) what is being done, at most once a second. A row that cannot be written does not stop the work. */
export function reportProgress(intakes: IntakeStore, intakeId: string): (step: string, progress?: number) => void {
  let last = 0;
  let lastStep = '';
  return (step, progress = 0) => {
    const now = Date.now();
    if (step === lastStep && now - last < INTERVAL_MS) return;
    last = now;
    lastStep = step;
    void intakes.update(intakeId, { step, progress: Math.min(1, progress) }).catch(() => undefined);
  };
}
