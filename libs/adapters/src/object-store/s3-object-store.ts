import http from 'node:http';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { Client } from 'minio';
import { InvalidError, NotFoundError, UnavailableError } from '#domain/errors.js';
import { ObjectStore, type ByteRange, type ObjectInfo, type PutOptions } from '#domain/ports/object-store.js';
import { checkByteRange, pastTheEnd } from './byte-range.js';
import { checkedBody } from './checked-body.js';
import { cutParts, partSizeFor } from './cut-parts.js';
import { checkKeyPrefix, checkObjectKey } from './object-key.js';
import { readableBytes } from './readable-bytes.js';
import { isPassing, s3Error } from './s3-error.js';
import { parseS3ListPage, parseS3UploadPage, type S3UploadPage } from './s3-listing.js';
import { uploadParts } from './s3-multipart-upload.js';
import { abortingWith, s3Transport } from './s3-transport.js';

/** Where the bucket is and who we are there. */
export interface S3Settings {
  /** `http(s)://host[:port]`; buckets are addressed by path. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

const CONNECTIONS = 128;
const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 200;
const ABANDONED_MS = 24 * 3600 * 1000;
const LONGEST_PRESIGN_S = 7 * 24 * 3600;

/**
 * Objects in a bucket of any S3 server. Bodies beyond one part go up as multipart with flat memory; network faults and busy servers are met by up to three repeats.
 * The etag is the server's. `put` says the time of this machine's clock, `head` and `list` the server's.
 */
export class S3ObjectStore extends ObjectStore {
  readonly #client: Client;
  readonly #bucket: string;
  readonly #region: string;

  constructor(settings: S3Settings) {
    super();
    const { protocol, hostname, port } = new URL(settings.endpoint);
    const useSSL = protocol === 'https:';
    const Agent = useSSL ? https.Agent : http.Agent;
    this.#bucket = settings.bucket;
    this.#region = settings.region;
    this.#client = new Client({
      endPoint: hostname,
      ...(port === '' ? {} : { port: Number(port) }),
      useSSL,
      pathStyle: true,
      region: settings.region,
      accessKey: settings.accessKey,
      secretKey: settings.secretKey,
      transport: s3Transport(useSSL),
      transportAgent: new Agent({ keepAlive: true, maxSockets: CONNECTIONS }),
      retryOptions: { disableRetry: true },
    });
  }

  /** Makes the bucket where it is missing. Throws UnavailableError where that is not allowed or the server does not answer. */
  async ensureBucket(): Promise<void> {
    if (await this.#send(() => this.#client.bucketExists(this.#bucket), this.#bucket)) return;
    try {
      await this.#send(() => this.#client.makeBucket(this.#bucket, this.#region), this.#bucket);
    } catch (error) {
      // Another instance may have made it in between.
      if (await this.#send(() => this.#client.bucketExists(this.#bucket), this.#bucket)) return;
      throw new UnavailableError(`The S3 bucket ${this.#bucket} does not exist and these keys may not make it.`, {
        cause: error,
      });
    }
  }

  override async put(key: string, body: AsyncIterable<Uint8Array>, options: PutOptions = {}): Promise<ObjectInfo> {
    checkObjectKey(key);
    const { signal, mediaType } = options;
    const partSize = partSizeFor(options.size);
    let size = 0;
    const counted = async function* () {
      for await (const part of cutParts(checkedBody(body, options), partSize)) {
        size += part.length;
        yield part;
      }
    };
    const parts = counted();
    try {
      const first = await parts.next();
      const head = first.done === true ? Buffer.alloc(0) : first.value;
      const headers = { 'Content-Type': mediaType ?? 'application/octet-stream' };
      const etag =
        head.length < partSize
          ? await this.#putWhole(key, head, headers, signal)
          : await uploadParts(this.#multipart(key, headers), chain(head, parts), signal);
      return { key, size, etag, modified: new Date(), ...(mediaType === undefined ? {} : { mediaType }) };
    } finally {
      await parts.return(undefined);
    }
  }

  override async head(key: string): Promise<ObjectInfo> {
    checkObjectKey(key);
    const stat = await this.#send(() => this.#client.statObject(this.#bucket, key), key);
    const mediaType: unknown = stat.metaData['content-type'];
    const info = { key, size: stat.size, etag: stat.etag, modified: stat.lastModified };
    return typeof mediaType === 'string' ? { ...info, mediaType } : info;
  }

  override async get(key: string, range?: ByteRange, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    checkObjectKey(key);
    if (range !== undefined) checkByteRange(range);
    if (range?.length === 0) return this.#nothingOf(key, range.offset);
    try {
      const response = await this.#request(key, rangeHeader(range), signal);
      return readableBytes(response, (error) => s3Error(error, key));
    } catch (error) {
      // An empty object has no bytes a range could ask for, yet starting at 0 is fine.
      if (error instanceof InvalidError && range?.offset === 0) return this.#nothingOf(key, 0);
      throw error;
    }
  }

  override async remove(key: string): Promise<void> {
    checkObjectKey(key);
    try {
      await this.#send(() => this.#client.removeObject(this.#bucket, key), key);
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
    }
  }

  override async *list(prefix: string): AsyncGenerator<ObjectInfo> {
    checkKeyPrefix(prefix);
    let after: string | undefined = '';
    while (after !== undefined) {
      const page = parseS3ListPage(
        await this.#listing({ 'list-type': '2', prefix, ...(after === '' ? {} : { 'start-after': after }) }),
      );
      yield* page.objects;
      after = page.goOnAfter;
    }
  }

  /** At most seven days (SigV4). */
  override async presign(key: string, seconds: number): Promise<string> {
    checkObjectKey(key);
    if (!Number.isInteger(seconds) || seconds < 1 || seconds > LONGEST_PRESIGN_S) {
      throw new InvalidError(`A presigned URL lasts from 1 to ${LONGEST_PRESIGN_S} s, not ${seconds}.`);
    }
    return this.#send(() => this.#client.presignedGetObject(this.#bucket, key, seconds), key);
  }

  override async check(): Promise<void> {
    if (await this.#send(() => this.#client.bucketExists(this.#bucket), this.#bucket)) return;
    throw new UnavailableError(`The S3 bucket ${this.#bucket} does not exist.`);
  }

  /** Removes multipart uploads begun longer than a day (or `olderThanMs`) ago and never ended; returns how many. */
  async sweep(olderThanMs = ABANDONED_MS): Promise<number> {
    let removed = 0;
    let next: S3UploadPage['goOnAfter'] = {};
    while (next !== undefined) {
      const page = parseS3UploadPage(await this.#listing({ uploads: '', ...next }));
      for (const { key, uploadId, initiated } of page.uploads) {
        if (Date.now() - initiated.getTime() < olderThanMs) continue;
        await this.#send(() => this.#client.abortMultipartUpload(this.#bucket, key, uploadId), key);
        removed++;
      }
      next = page.goOnAfter;
    }
    return removed;
  }

  async #putWhole(key: string, body: Buffer, headers: Record<string, string>, signal?: AbortSignal): Promise<string> {
    const put = () => this.#client.putObject(this.#bucket, key, body, body.length, { ...headers });
    return (await this.#send(put, key, signal)).etag;
  }

  #multipart(key: string, headers: Record<string, string>) {
    return {
      client: this.#client,
      bucket: this.#bucket,
      key,
      headers,
      send: <T>(work: () => Promise<T>, signal?: AbortSignal) => this.#send(work, key, signal),
    };
  }

  #listing(query: Record<string, string>): Promise<string> {
    const request = { method: 'GET', bucketName: this.#bucket, query: canonical(query) };
    return this.#send(async () => text(await this.#client.makeRequestAsync(request)), this.#bucket);
  }

  async #request(key: string, range: string | undefined, signal?: AbortSignal): Promise<http.IncomingMessage> {
    const headers = range === undefined ? {} : { range };
    const request = { method: 'GET', bucketName: this.#bucket, objectName: key, headers };
    const response = await this.#send(() => this.#client.makeRequestAsync(request, '', [200, 206]), key, signal);
    if (range === undefined || response.statusCode === 206) return response;
    response.destroy();
    throw new UnavailableError('The S3 server does not answer byte ranges.', { subject: key });
  }

  async #nothingOf(key: string, offset: number): Promise<AsyncIterable<Uint8Array>> {
    const { size } = await this.head(key);
    if (offset > 0 && offset >= size) throw pastTheEnd(key, offset);
    return (async function* (): AsyncGenerator<Uint8Array> {})();
  }

  /** Sends requests that may be repeated: reads, whole puts, parts, removals; a repeated start of an upload at worst leaves one to sweep. */
  async #send<T>(work: () => Promise<T>, subject: string, signal?: AbortSignal): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        signal?.throwIfAborted();
        return await abortingWith(signal, work);
      } catch (error) {
        signal?.throwIfAborted();
        if (attempt === ATTEMPTS || !isPassing(error)) throw s3Error(error, subject);
        await sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1));
      }
    }
  }
}

function rangeHeader(range: ByteRange | undefined): string | undefined {
  if (range === undefined || (range.offset === 0 && range.length === undefined)) return undefined;
  const { offset, length } = range;
  return `bytes=${offset}-${length === undefined ? '' : offset + length - 1}`;
}

/** SigV4 signs the query as sent: sorted, and with nothing form-encoded. */
function canonical(query: Record<string, string>): string {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return pairs.sort().join('&');
}

async function* chain(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}
