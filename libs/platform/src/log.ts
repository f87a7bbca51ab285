import { pino, type Logger as PinoLogger } from 'pino';
import { currentRequestId } from './request-context.js';

/** What code may say to the log; pino satisfies it. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Injection token (and type) of the process's log. */
export abstract class ServiceLog implements Log {
  abstract debug(fields: object, message: string): void;
  abstract info(fields: object, message: string): void;
  abstract warn(fields: object, message: string): void;
  abstract error(fields: object, message: string): void;
}

/** A pino JSON logger; every line carries the id of the request it belongs to. Writes to standard error so that standard output stays for people. */
export function createLog(service: string, level: string): PinoLogger {
  return pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: () => {
        const requestId = currentRequestId();
        return requestId === undefined ? {} : { requestId };
      },
      redact: ['req.headers.authorization', 'headers.authorization', 'token'],
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
