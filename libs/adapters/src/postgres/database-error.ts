import { QueryFailedError } from 'typeorm';
import { ConflictError, DomainError, TimeoutError, UnavailableError } from '#domain/errors.js';

/** What pg says, without a code, of a connection that broke or that the pool could not give in time. */
const BROKEN =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/;

/** The domain's words by SQLSTATE (PostgreSQL: Error Codes) or Node's code; the first that matches. */
const WORDS: readonly [codes: RegExp, say: (message: string, cause: unknown) => DomainError][] = [
  [/^57014$/, (_, cause) => new TimeoutError('The database did not finish within its time budget.', { cause })],
  [
    /^(40001|40P01)$/,
    (_, cause) => new ConflictError('Others kept changing the same rows of the database; try again.', { cause }),
  ],
  [/^55P03$/, (_, cause) => new ConflictError('A row or table of the database stayed locked; try again.', { cause })],
  [/^(53100|ENOSPC)$/, (_, cause) => new UnavailableError('The database has no room left on its disk.', { cause })],
  [
    /^(28...|3D000)$/,
    (message, cause) => new UnavailableError(`The database refuses the connection: ${message}.`, { cause }),
  ],
  [
    /^(08...|57P0[1-5]|53[34]00|25P03|E(CONN(REFUSED|RESET|ABORTED)|PIPE|NOENT|HOSTUNREACH|NOTFOUND|TIMEDOUT|AI_AGAIN)|broken)$/,
    (message, cause) => new UnavailableError(`The database does not answer: ${message}.`, { cause }),
  ],
];

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
  const message = (cause as { message?: unknown } | undefined)?.message;
  const text = typeof message === 'string' ? message : '';
  const code = errorCode(cause) || (BROKEN.test(text) ? 'broken' : '');
  const say = WORDS.find(([codes]) => codes.test(code))?.[1];
  return say === undefined ? cause : say(text || code, cause);
}

function driverError(error: unknown): unknown {
  return error instanceof QueryFailedError ? error.driverError : error;
}
