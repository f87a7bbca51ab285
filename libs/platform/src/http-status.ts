import type { ErrorKind } from '#domain/errors.js';

/** The HTTP status of each kind of error; protocols with statuses of their own keep their own table. */
export const HTTP_STATUS: Readonly<Record<ErrorKind, number>> = {
  'not-found': 404,
  invalid: 400,
  denied: 403,
  unauthenticated: 401,
  'quota-exceeded': 429,
  'too-large': 413,
  offline: 409,
  conflict: 409,
  'precondition-failed': 412,
  unavailable: 503,
  timeout: 503,
};
