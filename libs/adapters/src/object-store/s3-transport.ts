import { AsyncLocalStorage } from 'node:async_hooks';
import http from 'node:http';
import https from 'node:https';

const SILENCE_MS = 120_000;
/** Answers the client throws on without reading them, which would keep the connection for ever. */
const UNREAD = new Set([408, 429, 499, 500, 502, 503, 504, 520]);
const aborting = new AsyncLocalStorage<AbortSignal>();

/** Runs work whose S3 requests are torn down when the signal aborts; the client has no parameter for it. */
export function abortingWith<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  return signal === undefined ? work() : aborting.run(signal, work);
}

/** `http(s).request` for the S3 client: aborts with the work it serves and gives up on a server silent for two minutes (ETIMEDOUT). */
export function s3Transport(secure: boolean): { readonly request: typeof http.request } {
  const inner = secure ? https : http;
  const request = (options: http.RequestOptions, onResponse: (response: http.IncomingMessage) => void) => {
    const signal = aborting.getStore();
    const sent = inner.request(signal === undefined ? options : { ...options, signal }, (response) => {
      if (UNREAD.has(response.statusCode ?? 0)) response.resume();
      onResponse(response);
    });
    sent.setTimeout(SILENCE_MS, () => {
      sent.destroy(Object.assign(new Error('the S3 server is silent'), { code: 'ETIMEDOUT' }));
    });
    return sent;
  };
  return { request: request as typeof http.request };
}
