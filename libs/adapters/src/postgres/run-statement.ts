import type { QueryResult, QueryRunner } from 'typeorm';
import { TimeoutError } from '#domain/errors.js';

/** One statement and what may stop it. */
export interface Statement {
  readonly text: string;
  readonly parameters: readonly unknown[] | undefined;
  readonly signal: AbortSignal | undefined;
  readonly cancel: ((runner: QueryRunner) => Promise<void>) | undefined;
}

/** Runs a statement to its end; an aborted signal asks the server to cancel it and then throws the signal's reason. */
export async function runStatement(runner: QueryRunner, statement: Statement): Promise<QueryResult> {
  const { text, parameters, signal, cancel } = statement;
  const run = () => runner.query(text, parameters as unknown[] | undefined, true);
  if (signal === undefined) return run();
  if (signal.aborted) throw abortReason(signal);
  let cancelled: Promise<void> | undefined;
  const abort = () => {
    cancelled = cancel?.(runner);
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await run();
  } catch (error) {
    throw signal.aborted ? abortReason(signal) : error;
  } finally {
    signal.removeEventListener('abort', abort);
    // The connection is used again only when the cancel request can no longer hit the next statement.
    await cancelled?.catch(() => undefined);
  }
}

/** What `work` brings, or the signal's reason as soon as it aborts, or TimeoutError after `budgetMs`; the work itself goes on. */
export function orGivenUp<T>(work: Promise<T>, signal?: AbortSignal, budgetMs?: number): Promise<T> {
  if (signal === undefined && budgetMs === undefined) return work;
  return new Promise((resolve, reject) => {
    const timer =
      budgetMs === undefined ? undefined : setTimeout(() => reject(new TimeoutError(PAST_BUDGET)), budgetMs).unref();
    const giveUp = () => {
      if (signal !== undefined) reject(abortReason(signal));
    };
    signal?.addEventListener('abort', giveUp, { once: true });
    void work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
    });
  });
}

const PAST_BUDGET = 'The database did not finish within its time budget.';

/** A timeout is told as the domain does; any other reason is the caller's own. */
function abortReason(signal: AbortSignal): unknown {
  const reason = signal.reason as { readonly name?: unknown } | undefined;
  return reason?.name === 'TimeoutError' ? new TimeoutError(PAST_BUDGET, { cause: reason }) : reason;
}
