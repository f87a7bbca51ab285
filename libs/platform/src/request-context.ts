import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const storage = new AsyncLocalStorage<string>();
const ACCEPTED = /^[A-Za-z0-9._-]{1,64}$/;

/** Id of the request (or event) being worked on, if any. */
export function currentRequestId(): string | undefined {
  return storage.getStore();
}

/** Runs `work` under a request id; consumers pass the id an event carries. */
export function withRequestId<T>(requestId: string, work: () => T): T {
  return storage.run(requestId, work);
}

/** A caller's `X-Request-Id` where it is harmless, else a new one. */
export function requestIdFrom(header: string | string[] | undefined): string {
  const given = Array.isArray(header) ? header[0] : header;
  return given !== undefined && ACCEPTED.test(given) ? given : randomUUID();
}
