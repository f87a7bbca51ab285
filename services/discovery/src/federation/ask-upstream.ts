import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { InvalidError, UnavailableError } from '#domain/errors.js';
import { OutgoingHttp, type OutgoingAnswer, type OutgoingRequest } from '#domain/ports/outgoing-http.js';
import { parseXmlBytes } from '#protocols/xml/parse-xml.js';
import type { XmlElement } from '#protocols/xml/xml-element.js';
import { FEDERATION_CONFIG, type FederationConfig } from './federation.config.js';

const LARGEST = 32 * 1024 * 1024;
const PATIENCE = 4;
const LONGEST_WAIT_MS = 60_000;
const BUSY: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** The source is there and asks for patience. */
export class BusyError extends UnavailableError {
  /** ms. */
  readonly retryAfter: number;

  constructor(message: string, retryAfter: number) {
    super(message);
    this.retryAfter = retryAfter;
  }
}

/** Asks one thing of a source. */
export type Ask = (request: OutgoingRequest) => Promise<OutgoingAnswer>;

/** Asks other catalogues politely: waits as they ask for it, twice as long each time where they do not say. */
@Injectable()
export class AskUpstream {
  constructor(
    private readonly outgoing: OutgoingHttp,
    @Inject(FEDERATION_CONFIG) private readonly config: FederationConfig,
  ) {}

  /** A successful answer. Throws BusyError, UnavailableError (5xx), InvalidError (other statuses), and as OutgoingHttp does. */
  async send(request: OutgoingRequest, signal: AbortSignal): Promise<OutgoingAnswer> {
    const timeoutMs = this.config.FEDERATION_TIMEOUT_MS;
    for (let attempt = 0; ; attempt++) {
      const answer = await this.outgoing.send({ timeoutMs, maxBytes: LARGEST, ...request, signal });
      if (!BUSY.has(answer.status)) return successful(answer);
      const wait = retryAfterMs(answer.headers.get('retry-after')) ?? 500 * 2 ** attempt;
      if (attempt === PATIENCE || wait > LONGEST_WAIT_MS)
        throw new BusyError(`${hostOf(answer.url)} answers with status ${answer.status}.`, wait);
      await sleep(wait, undefined, { signal });
    }
  }
}

function successful(answer: OutgoingAnswer): OutgoingAnswer {
  const { status, url } = answer;
  if (status >= 200 && status < 300) return answer;
  const message = `${hostOf(url)} answers with status ${status}.`;
  throw status >= 500 ? new UnavailableError(message) : new InvalidError(message, { subject: 'source' });
}

function hostOf(url: string): string {
  return new URL(url).host;
}

/** Seconds or a date (RFC 9110 §10.2.3); undefined for anything else. */
function retryAfterMs(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** The answer as XML. Throws InvalidError saying from where it is not. */
export async function askXml(ask: Ask, url: string, accept = 'application/xml'): Promise<XmlElement> {
  const answer = await ask({ url, headers: { accept } });
  return xmlOf(answer);
}

/** The body as XML. Throws InvalidError saying from where it is not. */
export function xmlOf({ body, url }: OutgoingAnswer): XmlElement {
  try {
    return parseXmlBytes(body, { size: LARGEST, nodes: 2_000_000 });
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    throw new InvalidError(`${hostOf(url)} answers with what is no XML: ${error.message}`, { cause: error });
  }
}

/** The answer as JSON. Throws InvalidError saying from where it is not. */
export async function askJson(ask: Ask, request: OutgoingRequest): Promise<unknown> {
  const headers = { accept: 'application/json, application/geo+json;q=0.9', ...request.headers };
  return jsonOf(await ask({ ...request, headers }));
}

/** The body as JSON. Throws InvalidError saying from where it is not. */
export function jsonOf({ body, url }: OutgoingAnswer): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch (error) {
    throw new InvalidError(`${hostOf(url)} answers with what is no JSON.`, { cause: error });
  }
}
