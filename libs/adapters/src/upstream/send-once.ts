import { Agent as HttpAgent, request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { HostAddress } from './resolve-checked.js';

/** One request to a host whose addresses have been checked. */
export interface CheckedRequest {
  readonly url: URL;
  readonly addresses: readonly HostAddress[];
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  readonly signal: AbortSignal;
}

/** Agents of our own: the global ones may be told by the environment to use a proxy, which would resolve names by itself. */
const HTTP = new HttpAgent({ keepAlive: false });
const HTTPS = new HttpsAgent({ keepAlive: false });

/** Sends it to the checked addresses and no other; the answer's body is still to be read. Follows nothing. */
export function sendOnce({ url, addresses, method, headers, body, signal }: CheckedRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const isSecure = url.protocol === 'https:';
    const options: RequestOptions = {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      lookup: lookupIn(addresses),
      agent: isSecure ? HTTPS : HTTP,
      signal,
    };
    const request = isSecure ? requestHttps(url, options, resolve) : requestHttp(url, options, resolve);
    request.once('error', reject);
    request.end(body);
  });
}

/** Hands the socket what was found before, so that the name is not resolved a second time. */
function lookupIn(addresses: readonly HostAddress[]): LookupFunction {
  return (_host, { all }, callback) => {
    const [first] = addresses;
    if (all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };
}
