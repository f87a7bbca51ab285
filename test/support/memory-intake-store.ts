import { UnavailableError } from '#domain/errors.js';
import type { Intake } from '#domain/intake/intake.js';
import { IntakeStore, type IntakeChange } from '#domain/ports/intake-store.js';

const UNFINISHED = ['receiving', 'received', 'published'];

/** Intakes in memory, with a database that can be away for some calls. */
export class MemoryIntakeStore extends IntakeStore {
  readonly rows = new Map<string, Intake>();
  /** How many of the next calls find the database away. */
  away = 0;

  override async create(intake: Parameters<IntakeStore['create']>[0]): Promise<Intake> {
    this.#answer();
    const row = { ...intake, created: new Date(), updated: new Date() };
    this.rows.set(intake.id, row);
    return row;
  }

  override async update(id: string, change: IntakeChange): Promise<void> {
    this.#answer();
    const row = this.rows.get(id);
    if (row !== undefined) this.rows.set(id, { ...row, ...change, updated: new Date() });
  }

  override async find(id: string): Promise<Intake | undefined> {
    this.#answer();
    return this.rows.get(id);
  }

  override async list(): Promise<readonly Intake[]> {
    this.#answer();
    return [...this.rows.values()];
  }

  override async unfinished(holder: string): Promise<readonly Intake[]> {
    this.#answer();
    return [...this.rows.values()].filter((row) => row.holder === holder && UNFINISHED.includes(row.state));
  }

  #answer(): void {
    if (this.away === 0) return;
    this.away -= 1;
    throw new UnavailableError('The database does not answer.');
  }
}
