/** A byte range: `offset` from the start, `length` bytes (to the end where absent). */
export interface ByteRange {
  readonly offset: number;
  readonly length?: number;
}

/** What the store knows of an object. `etag` changes whenever the bytes do. */
export interface ObjectInfo {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  readonly modified: Date;
  readonly mediaType?: string;
}

/** What a writer may say of an object; a known `size` lets S3 choose its part size. */
export interface PutOptions {
  readonly size?: number;
  readonly mediaType?: string;
  readonly signal?: AbortSignal;
}

/**
 * Keeps bytes under keys. Keys are `/`-separated segments of `[A-Za-z0-9._=+-]`, never `..` or empty segments (InvalidError).
 * A failed or aborted put leaves the previous object (or none); a finished put is durable. Unknown keys throw NotFoundError.
 */
export abstract class ObjectStore {
  /** Stores the stream, replacing what was there; flat memory. */
  abstract put(key: string, body: AsyncIterable<Uint8Array>, options?: PutOptions): Promise<ObjectInfo>;
  abstract head(key: string): Promise<ObjectInfo>;
  /** Streams the object or a range of it; ending early releases the source. Throws InvalidError where the range starts past the end. */
  abstract get(key: string, range?: ByteRange, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  /** Removes the object; not being there is no error. */
  abstract remove(key: string): Promise<void>;
  /** Every object whose key begins with the prefix, in key order. */
  abstract list(prefix: string): AsyncIterable<ObjectInfo>;
  /** A URL that fetches the object without credentials for `seconds`, or undefined where the store has none (local files). */
  abstract presign(key: string, seconds: number): Promise<string | undefined>;
  /** Throws UnavailableError where the store cannot be used; for readiness. */
  abstract check(): Promise<void>;
}
