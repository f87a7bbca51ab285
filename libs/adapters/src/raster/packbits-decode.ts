import { InvalidError } from '#domain/errors.js';

/** Expands PackBits (TIFF 6.0 §9) into exactly `size` bytes. Throws InvalidError for too little data. */
export function decodePackBits(source: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(size);
  let at = 0;
  for (let from = 0; from < source.length && at < size;) {
    const head = (source[from++]! << 24) >> 24;
    if (head === -128) continue;
    if (head < 0) {
      out.fill(source[from++]!, at, at + 1 - head);
      at += 1 - head;
    } else {
      out.set(source.subarray(from, Math.min(from + head + 1, from + size - at)), at);
      from += head + 1;
      at += head + 1;
    }
  }
  if (at < size) throw new InvalidError(`PackBits data ends after ${at} of ${size} bytes`);
  return out;
}
