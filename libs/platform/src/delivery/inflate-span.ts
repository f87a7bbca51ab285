import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import type { ByteSpan } from '#protocols/http/byte-ranges.js';

/** A span of what a raw deflate stream holds; inflates from the start, since deflate has no index, and stops once the span is sent. */
export async function* inflateSpan(deflated: AsyncIterable<Uint8Array>, span: ByteSpan): AsyncGenerator<Uint8Array> {
  const source = Readable.from(deflated, { objectMode: false });
  const inflated = createInflateRaw();
  source.once('error', (error) => inflated.destroy(error));
  source.pipe(inflated);
  let position = 0;
  const end = span.offset + span.length;
  try {
    for await (const chunk of inflated as AsyncIterable<Buffer>) {
      const piece = chunk.subarray(Math.max(0, span.offset - position), Math.max(0, end - position));
      position += chunk.length;
      if (piece.length > 0) yield piece;
      if (position >= end) return;
    }
  } finally {
    source.destroy();
    inflated.destroy();
  }
}
