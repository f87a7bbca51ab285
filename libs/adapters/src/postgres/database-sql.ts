import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, QueryResult, QueryRunner } from 'typeorm';
import { databaseError, isRepeatable } from './database-error.js';
import { orGivenUp, runStatement } from './run-statement.js';
import type { Sql } from './sql.js';

const ATTEMPTS = 4;
const BACKOFF_MS = 20;

/** How statements are kept within bounds. */
export interface StatementControl {
  /** Asks the server to stop what a connection is at; absent where it cannot: then the answer is given up, and the work goes on to its end. */
  readonly cancel?: (runner: QueryRunner) => Promise<void>;
  /** Longest the caller waits for a statement outside a transaction, where the server has no statement timeout of its own. */
  readonly budgetMs?: number;
}

/** SQL on a data source: each statement on a connection of the pool, each transaction on one of its own. */
export class DatabaseSql implements Sql {
  private readonly source: DataSource;
  private readonly control: StatementControl;

  constructor(source: DataSource, control: StatementControl) {
    this.source = source;
    this.control = control;
  }

  async query<Row extends object>(text: string, parameters?: readonly unknown[], signal?: AbortSignal): Promise<Row[]> {
    return (await this.run(text, parameters, signal)).records as Row[];
  }

  async execute(text: string, parameters?: readonly unknown[]): Promise<number> {
    return (await this.run(text, parameters)).affected ?? 0;
  }

  async transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (!isRepeatable(error)) throw error;
        if (attempt === ATTEMPTS) throw databaseError(error);
        await sleep(BACKOFF_MS * 2 ** attempt * Math.random());
      }
    }
  }

  private run(text: string, parameters?: readonly unknown[], signal?: AbortSignal): Promise<QueryResult> {
    const runner = this.source.createQueryRunner();
    const released = (async () => {
      try {
        return await runStatement(runner, { text, parameters, signal, cancel: this.control.cancel });
      } catch (error) {
        throw databaseError(error);
      } finally {
        await runner.release();
      }
    })();
    return orGivenUp(released, signal, this.control.budgetMs);
  }

  private async attempt<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      await control(runner, 'BEGIN');
      const sql = new TransactionSql(runner, this.control);
      const result = await work(sql);
      await sql.end();
      await control(runner, 'COMMIT');
      return result;
    } catch (error) {
      // A broken connection cannot roll back; the server has done it.
      await runner.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

/** SQL inside a transaction: statements one after the other; after a failure nothing more is done and nothing commits. */
class TransactionSql implements Sql {
  private readonly runner: QueryRunner;
  private readonly control: StatementControl;
  private readonly depth: number;
  private last: Promise<unknown> = Promise.resolve();
  private failure: { readonly error: unknown } | undefined;

  constructor(runner: QueryRunner, control: StatementControl, depth = 0) {
    this.runner = runner;
    this.control = control;
    this.depth = depth;
  }

  async query<Row extends object>(text: string, parameters?: readonly unknown[], signal?: AbortSignal): Promise<Row[]> {
    return (await this.inTurn(() => this.statement(text, parameters, signal))).records as Row[];
  }

  async execute(text: string, parameters?: readonly unknown[]): Promise<number> {
    return (await this.inTurn(() => this.statement(text, parameters))).affected ?? 0;
  }

  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.inTurn(async () => {
      const savepoint = `inner_${this.depth}`;
      await this.statement(`SAVEPOINT ${savepoint}`);
      const inner = new TransactionSql(this.runner, this.control, this.depth + 1);
      try {
        const result = await work(inner);
        await inner.end();
        await this.statement(`RELEASE SAVEPOINT ${savepoint}`);
        return result;
      } catch (error) {
        await this.statement(`ROLLBACK TO SAVEPOINT ${savepoint}`);
        throw error;
      }
    });
  }

  /** Waits for statements nobody waited for. Throws what failed, also where the caller swallowed it: PostgreSQL would quietly roll back. */
  async end(): Promise<void> {
    await this.last;
    if (this.failure !== undefined) throw this.failure.error;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async statement(text: string, parameters?: readonly unknown[], signal?: AbortSignal) {
    if (this.failure !== undefined) throw this.failure.error;
    try {
      return await runStatement(this.runner, { text, parameters, signal, cancel: this.control.cancel });
    } catch (error) {
      // Repeatable errors stay as they are for the loop that repeats.
      const thrown = isRepeatable(error) ? error : databaseError(error);
      this.failure = { error: thrown };
      throw thrown;
    }
  }
}

/** Repeatable errors stay as they are, for the loop that repeats; a deferred constraint may collide as late as COMMIT. */
async function control(runner: QueryRunner, statement: 'BEGIN' | 'COMMIT'): Promise<void> {
  try {
    await runner.query(statement);
  } catch (error) {
    throw isRepeatable(error) ? error : databaseError(error);
  }
}
