import type { Intake, IntakeState } from '../intake/intake.js';

/** What may change on an intake. */
export type IntakeChange = Partial<
  Pick<Intake, 'state' | 'collection' | 'productId' | 'step' | 'progress' | 'reason' | 'path'>
>;

/** Remembers every intake, so that a killed process goes on where it stopped. */
export abstract class IntakeStore {
  abstract create(
    intake: Pick<Intake, 'id' | 'name' | 'source' | 'path' | 'holder' | 'requestId' | 'state'>,
  ): Promise<Intake>;
  abstract update(id: string, change: IntakeChange): Promise<void>;
  abstract find(id: string): Promise<Intake | undefined>;
  /** Newest first. */
  abstract list(filter: { state?: IntakeState; limit: number; before?: Date }): Promise<readonly Intake[]>;
  /** Not final and held here: what a restart goes on with, oldest first. */
  abstract unfinished(holder: string): Promise<readonly Intake[]>;
}
