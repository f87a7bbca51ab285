import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, QueryRunner } from 'typeorm';
import { TimeoutError } from '#domain/errors.js';
import { databaseError, isRepeatable } from './database-error.js';
import type { Sql } from './sql.js';

const ATTEMPTS = 4;
const BACKOFF_MS = 20;

/** Stops the statement a connection is at. */
export type CancelStatement = (runner: QueryRunner) => Promise<void>;

/** SQL on a data source: each statement on a connection of the pool, each transaction on one of its own. */
export class DatabaseSql implements Sql {
  private readonly source: DataSource;
  private readonly cancel: CancelStatement;

  constructor(source: DataSource, cancel: CancelStatement) {
    this.source = source;
    this.cancel = cancel;
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
        if (attempt === ATTEMPTS || !isRepeatable(error)) throw databaseError(error);
        await sleep(BACKOFF_MS * 2 ** attempt * Math.random());
      }
    }
  }

  private async run(text: string, parameters?: readonly unknown[], signal?: AbortSignal) {
    const runner = this.source.createQueryRunner();
    try {
      return await runStatement(runner, { text, parameters, signal, cancel: this.cancel });
    } catch (error) {
      throw databaseError(error);
    } finally {
      await runner.release();
    }
  }

  private async attempt<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      await runner.query('BEGIN');
      const sql = new TransactionSql(runner, this.cancel);
      const result = await work(sql);
      await sql.end();
      await runner.query('COMMIT');
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
  private readonly cancel: CancelStatement;
  private readonly depth: number;
  private last: Promise<unknown> = Promise.resolve();
  private failure: { readonly error: unknown } | undefined;

  constructor(runner: QueryRunner, cancel: CancelStatement, depth = 0) {
    this.runner = runner;
    this.cancel = cancel;
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
      const inner = new TransactionSql(this.runner, this.cancel, this.depth + 1);
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
      return await runStatement(this.runner, { text, parameters, signal, cancel: this.cancel });
    } catch (error) {
      // Repeatable errors stay as they are for the loop that repeats.
      const thrown = isRepeatable(error) ? error : databaseError(error);
      this.failure = { error: thrown };
      throw thrown;
    }
  }
}

interface Statement {
  readonly text: string;
  readonly parameters: readonly unknown[] | undefined;
  readonly signal: AbortSignal | undefined;
  readonly cancel: CancelStatement;
}

async function runStatement(runner: QueryRunner, { text, parameters, signal, cancel }: Statement) {
  if (signal === undefined) return runner.query(text, parameters as unknown[] | undefined, true);
  if (signal.aborted) throw abortReason(signal);
  let cancelled: Promise<void> | undefined;
  const abort = () => {
    cancelled = cancel(runner);
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await runner.query(text, parameters as unknown[] | undefined, true);
  } catch (error) {
    throw cancelled === undefined ? error : abortReason(signal);
  } finally {
    signal.removeEventListener('abort', abort);
    // The connection is used again only when the cancel request can no longer hit the next statement.
    await cancelled?.catch(() => undefined);
  }
}

function abortReason(signal: AbortSignal): unknown {
  const reason: unknown = signal.reason;
  if (!(reason instanceof DOMException) || reason.name !== 'TimeoutError') return reason;
  return new TimeoutError('The database did not finish within its time budget.', { cause: reason });
}
