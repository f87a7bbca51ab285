import type { ByteSpan } from './byte-ranges.js';

/** A multipart/byteranges body (RFC 9110 §14.6) laid out: the text before each part, the text at the end, and the length of it all. */
export interface MultipartLayout {
  readonly mediaType: string;
  readonly parts: readonly { readonly head: string; readonly span: ByteSpan }[];
  readonly tail: string;
  readonly length: number;
}

/** Writes Content-Range of a span (RFC 9110 §14.4). */
export function writeContentRange(span: ByteSpan, size: number): string {
  return `bytes ${span.offset}-${span.offset + span.length - 1}/${size}`;
}

/** Lays out the body of a multi-range answer. `boundary` must not occur in the data: take it from a digest or at random. */
export function layOutByteRanges(
  spans: readonly ByteSpan[],
  size: number,
  mediaType: string,
  boundary: string,
): MultipartLayout {
  const parts = spans.map((span, index) => ({
    head: `${index === 0 ? '' : '\r\n'}--${boundary}\r\nContent-Type: ${mediaType}\r\nContent-Range: ${writeContentRange(span, size)}\r\n\r\n`,
    span,
  }));
  const tail = `\r\n--${boundary}--\r\n`;
  const length = parts.reduce((sum, { head, span }) => sum + head.length + span.length, tail.length);
  return { mediaType: `multipart/byteranges; boundary=${boundary}`, parts, tail, length };
}
