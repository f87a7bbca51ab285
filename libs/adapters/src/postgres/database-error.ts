import { QueryFailedError } from 'typeorm';
import { ConflictError, DomainError, TimeoutError, UnavailableError } from '#domain/errors.js';

/** SQLSTATEs and Node codes of a database that is not there, going away, or out of connections. */
const GONE =
  /^(08...|57P0[1-5]|53[34]00|25P03|E(CONN(REFUSED|RESET|ABORTED)|PIPE|HOSTUNREACH|NOTFOUND|TIMEDOUT|AI_AGAIN))$/;
const FULL = /^(53100|ENOSPC)$/;
/** What pg says, without a code, of a connection that broke or that the pool could not give in time. */
const BROKEN =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/;

/** The SQLSTATE (or Node's code) of a database error, '' where it has none. */
export function errorCode(error: unknown): string {
  const code = (driverError(error) as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : '';
}

/** Whether repeating the whole transaction may succeed: 40001 serialization failure, 40P01 deadlock. */
export function isRepeatable(error: unknown): boolean {
  return ['40001', '40P01'].includes(errorCode(error));
}

/** What the database threw, in the domain's words where it has them; else the driver's own error. */
export function databaseError(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const cause = driverError(error);
  const code = errorCode(cause);
  const message = cause instanceof Error ? cause.message : '';
  if (code === '57014') return new TimeoutError('The database did not finish within its time budget.', { cause });
  if (isRepeatable(cause)) {
    return new ConflictError('Others kept changing the same rows of the database; try again.', { cause });
  }
  if (code === '55P03') return new ConflictError('A row or table of the database stayed locked; try again.', { cause });
  if (FULL.test(code)) return new UnavailableError('The database has no room left on its disk.', { cause });
  if (GONE.test(code) || BROKEN.test(message)) {
    return new UnavailableError(`The database does not answer (${code || message}).`, { cause });
  }
  return cause;
}

function driverError(error: unknown): unknown {
  return error instanceof QueryFailedError ? error.driverError : error;
}
