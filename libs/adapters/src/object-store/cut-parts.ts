import { TooLargeError } from '#domain/errors.js';

const MIB = 1024 * 1024;
/** S3 takes at most 10 000 parts in an upload. */
const MAX_PARTS = 10_000;
const SMALLEST_PART = 8 * MIB;

/** Bytes in each part of an upload: 8 MiB, more where 10 000 such parts (78 GiB) would not hold the object; where its size is not known they must. */
export function partSizeFor(size: number | undefined): number {
  return Math.max(SMALLEST_PART, Math.ceil((size ?? 0) / MAX_PARTS / MIB) * MIB);
}

/** The body in parts of exactly `partSize` bytes, the last one shorter (alone and empty where the body is). Throws TooLargeError past 10 000 parts. */
export async function* cutParts(body: AsyncIterable<Uint8Array>, partSize: number): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let bytes = 0;
  let parts = 0;
  for await (const chunk of body) {
    for (let at = 0; at < chunk.byteLength;) {
      const piece = chunk.subarray(at, at + partSize - bytes);
      held.push(piece);
      bytes += piece.byteLength;
      at += piece.byteLength;
      if (bytes < partSize) continue;
      if (++parts > MAX_PARTS) throw tooLarge(partSize);
      yield Buffer.concat(held, bytes);
      [held, bytes] = [[], 0];
    }
  }
  if (parts === MAX_PARTS && bytes > 0) throw tooLarge(partSize);
  if (bytes > 0 || parts === 0) yield Buffer.concat(held, bytes);
}

function tooLarge(partSize: number): TooLargeError {
  const most = Math.floor((partSize * MAX_PARTS) / MIB / 1024);
  return new TooLargeError(`An object of unknown size may have ${most} GiB at most; say its size to store more.`);
}
