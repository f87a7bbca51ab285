import type { IncomingMessage } from 'node:http';
import { DeniedError, DomainError, InvalidError, TimeoutError, UnavailableError } from '#domain/errors.js';
import { OutgoingHttp, type OutgoingAnswer, type OutgoingRequest } from '#domain/ports/outgoing-http.js';
import type { AllowedHosts } from './allowed-hosts.js';
import { parseOutgoingUrl } from './outgoing-url.js';
import { ACCEPTED_ENCODINGS, readAnswerBody } from './read-answer-body.js';
import { resolveBySystem, resolveChecked, type ResolveHost } from './resolve-checked.js';
import { sendOnce } from './send-once.js';

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const CREDENTIALS = ['authorization', 'cookie', 'proxy-authorization'];
/** Headers that say where a message goes and where it ends are ours. */
const OURS = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'upgrade', 'te', 'trailer']);

/** A request on its way through redirects. */
interface Hop {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

/** The guard of the OutgoingHttp port by node:http: a name is resolved once, all its addresses are checked, and the socket goes to those. */
export class GuardedOutgoingHttp extends OutgoingHttp {
  private readonly allowed: AllowedHosts;
  private readonly resolve: ResolveHost;

  constructor(allowed: AllowedHosts, resolve: ResolveHost = resolveBySystem) {
    super();
    this.allowed = allowed;
    this.resolve = resolve;
  }

  async send(request: OutgoingRequest): Promise<OutgoingAnswer> {
    const first = firstHop(request);
    const { timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES } = request;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = request.signal === undefined ? timeout : AbortSignal.any([timeout, request.signal]);
    try {
      return await this.follow(first, maxBytes, signal);
    } catch (error) {
      if (request.signal?.aborted === true) throw request.signal.reason;
      if (timeout.aborted) {
        const message = `The host ${first.url.host} did not answer within ${timeoutMs} ms.`;
        throw new TimeoutError(message, { subject: 'url', cause: error });
      }
      throw explain(error, first.url);
    }
  }

  private async follow(first: Hop, maxBytes: number, signal: AbortSignal): Promise<OutgoingAnswer> {
    let hop = first;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const response = await this.ask(hop, signal);
      const next = nextHop(hop, response);
      if (next === undefined) return await readAnswer(hop, response, maxBytes);
      response.destroy();
      hop = next;
    }
    throw new UnavailableError(`The server redirects more than ${MAX_REDIRECTS} times.`, { subject: 'url' });
  }

  private async ask(hop: Hop, signal: AbortSignal): Promise<IncomingMessage> {
    const addresses = await orAborted(resolveChecked(hop.url, this.allowed, this.resolve), signal);
    return sendOnce({ ...hop, addresses, signal });
  }
}

function firstHop({ url, method = 'GET', headers = {}, body }: OutgoingRequest): Hop {
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const stray = own.find(([name, value]) => OURS.has(name) || !/^[\w-]+$/.test(name) || /[^\t\x20-\x7e]/.test(value));
  if (stray !== undefined) throw new InvalidError(`The header ${stray[0]} cannot be sent.`, { subject: 'headers' });
  return {
    url: parseOutgoingUrl(url),
    method,
    headers: {
      'user-agent': 'frombork',
      accept: '*/*',
      'accept-encoding': ACCEPTED_ENCODINGS,
      ...Object.fromEntries(own),
    },
    body,
  };
}

/** Where a redirect leads (RFC 9110, 15.4), undefined where the answer is none. Credentials stay with their origin. Throws InvalidError, DeniedError. */
function nextHop(hop: Hop, { statusCode = 0, headers: { location } }: IncomingMessage): Hop | undefined {
  if (!REDIRECTS.has(statusCode) || location === undefined) return undefined;
  const url = parseOutgoingUrl(location, hop.url);
  const hasCredentials = CREDENTIALS.some((name) => name in hop.headers);
  if (hasCredentials && hop.url.protocol === 'https:' && url.protocol === 'http:')
    throw new DeniedError('The server redirects a request with credentials from https to http.', { subject: 'url' });
  const headers = without(hop.headers, url.origin === hop.url.origin ? [] : CREDENTIALS);
  if (hop.method !== 'POST' || statusCode >= 307) return { ...hop, url, headers };
  return { url, method: 'GET', headers: without(headers, ['content-type', 'content-encoding']), body: undefined };
}

function without(headers: Hop['headers'], names: readonly string[]): Hop['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

async function readAnswer({ url, method }: Hop, response: IncomingMessage, maxBytes: number): Promise<OutgoingAnswer> {
  try {
    const body = method === 'HEAD' ? new Uint8Array() : await readAnswerBody(response, maxBytes);
    const coding = ['content-encoding', 'content-length', 'transfer-encoding'];
    const headers = Object.entries(response.headers).flatMap(([name, value]) =>
      value === undefined || (method !== 'HEAD' && coding.includes(name)) ? [] : [[name, String(value)] as const],
    );
    return { status: response.statusCode ?? 0, url: url.href, headers: new Map(headers), body };
  } finally {
    response.destroy();
  }
}

/** Resolving a name cannot be called off; its result is dropped. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  work.catch(() => undefined);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function explain(error: unknown, url: URL): unknown {
  if (error instanceof DomainError) return error;
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? 'no answer';
  return new UnavailableError(`The host ${url.host} does not answer: ${code}.`, { subject: 'url', cause: error });
}
