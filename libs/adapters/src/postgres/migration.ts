import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One step of the schema, never changed once released, in hand-written SQL. Steps expand (add what the new code needs, the old code still runs)
 * or, a release later, contract. `name` is `<title>-<13 digits>`; the digits, zero-padded, give the order.
 */
export abstract class Migration implements MigrationInterface {
  abstract readonly name: string;
  protected abstract readonly statements: readonly string[];

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of this.statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(
      new Error(`${this.name} is not undone: the schema only goes forward (expand, then contract)`),
    );
  }
}
