import type { Digest } from '#domain/product/digest.js';
import type { ByteSpan } from '#protocols/http/byte-ranges.js';

/** A file ready to be sent: what its answer says of it, and how to open a span of it. */
export interface Delivery {
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
  /** Strong and quoted (RFC 9110 §8.8.3). */
  readonly etag: string;
  readonly modified: Date;
  readonly digests: readonly Digest[];
  /** Pictures are shown, everything else is saved. */
  readonly disposition: 'attachment' | 'inline';
  open(span: ByteSpan, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
}
