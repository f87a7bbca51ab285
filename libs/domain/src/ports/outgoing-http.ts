/** A request to somebody else's server. */
export interface OutgoingRequest {
  readonly url: string;
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** For the whole exchange, redirects included; default 30 000 ms. */
  readonly timeoutMs?: number;
  /** Largest answer taken; default 64 MiB. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

/** What came back, whatever its status. Header names are lower case. */
export interface OutgoingAnswer {
  readonly status: number;
  /** Where it came from, after redirects. */
  readonly url: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/**
 * The one way out: every address that users or foreign documents name is asked through it. Only http and https, no credentials in the address; each
 * address a name resolves to, and each redirect, is checked against the table of private and special ranges before a byte is sent.
 * Throws InvalidError (malformed), DeniedError (not to be asked), TooLargeError, TimeoutError, UnavailableError.
 */
export abstract class OutgoingHttp {
  abstract send(request: OutgoingRequest): Promise<OutgoingAnswer>;
}
