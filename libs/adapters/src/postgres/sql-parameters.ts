/** Collects the values of a statement; each becomes `$1`, `$2`, … in its text. */
export class SqlParameters {
  readonly values: unknown[] = [];

  /** The placeholder of a value, cast to `type`. */
  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

/** A statement ready to run. */
export interface SqlStatement {
  readonly text: string;
  readonly parameters: readonly unknown[];
}
