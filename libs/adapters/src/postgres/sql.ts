/**
 * SQL on one database: what the stores speak. Parameters are `$1`, `$2`, …; `int8` columns come back as numbers, `timestamptz` as Dates.
 * Throws TimeoutError past the statement budget, UnavailableError where the database does not answer, ConflictError where others kept changing the same rows;
 * other errors are the driver's own, with their SQLSTATE in `code`.
 */
export interface Sql {
  /** The rows; an aborted `signal` cancels the statement and throws its reason (TimeoutError where it is a timeout). */
  query<Row extends object>(text: string, parameters?: readonly unknown[], signal?: AbortSignal): Promise<Row[]>;
  /** The number of rows touched. */
  execute(text: string, parameters?: readonly unknown[]): Promise<number>;
  /**
   * Commits what `work` did with the `Sql` it is given, or nothing of it. Repeated (at most 4 times) after a serialization failure or
   * deadlock, so `work` has no other effects. Inside a transaction it is a savepoint: a failure caught by the caller undoes only the inner work.
   */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}
