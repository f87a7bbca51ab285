/** What went wrong, in the domain's words; each protocol says it in its own language. No HTTP here. */
export type ErrorKind =
  | 'not-found'
  | 'invalid'
  | 'denied'
  | 'unauthenticated'
  | 'quota-exceeded'
  | 'too-large'
  | 'offline'
  | 'conflict'
  | 'precondition-failed'
  | 'unavailable'
  | 'timeout';

/** One of several things that are wrong with a document: where (JSON Pointer, RFC 6901), and what is wanted there. */
export interface DocumentFault {
  readonly pointer: string;
  readonly reason: string;
}

/** Options every domain error takes: the parameter or id it is about, what caused it, and each thing that is wrong where there may be several. */
export interface DomainErrorOptions {
  readonly subject?: string;
  readonly cause?: unknown;
  readonly faults?: readonly DocumentFault[];
}

/** The one error the domain and the use cases throw. `message` is fit for users; `subject` names the parameter or id. */
export abstract class DomainError extends Error {
  abstract readonly kind: ErrorKind;
  readonly subject: string | undefined;
  readonly faults: readonly DocumentFault[];

  constructor(message: string, options: DomainErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.subject = options.subject;
    this.faults = options.faults ?? [];
  }
}

/** The thing asked for does not exist (or is not visible to the asker). */
export class NotFoundError extends DomainError {
  readonly kind = 'not-found';
}

/** The request or the input is wrong; the message says what to change. */
export class InvalidError extends DomainError {
  readonly kind = 'invalid';
}

/** The caller is known and may not do this. */
export class DeniedError extends DomainError {
  readonly kind = 'denied';
}

/** The caller gave no credentials, or wrong ones. */
export class UnauthenticatedError extends DomainError {
  readonly kind = 'unauthenticated';
}

/** The caller has used up what the package grants. */
export class QuotaExceededError extends DomainError {
  readonly kind = 'quota-exceeded';
}

/** The request or the input is bigger than the announced limit. */
export class TooLargeError extends DomainError {
  readonly kind = 'too-large';
}

/** The product is catalogued but its bytes are in the long-term archive. */
export class OfflineError extends DomainError {
  readonly kind = 'offline';
}

/** Somebody else changed the thing first (lost update, lock held, duplicate). */
export class ConflictError extends DomainError {
  readonly kind = 'conflict';
}

/** The thing is not (or no longer) as the caller said it expects it: read it again before changing it. */
export class PreconditionFailedError extends DomainError {
  readonly kind = 'precondition-failed';
}

/** A component we depend on does not answer; the same call may succeed later. */
export class UnavailableError extends DomainError {
  readonly kind = 'unavailable';
}

/** The work did not finish within its budget. */
export class TimeoutError extends DomainError {
  readonly kind = 'timeout';
}
