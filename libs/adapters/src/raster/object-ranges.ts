import type { ObjectStore } from '#domain/ports/object-store.js';
import type { AssetLocation } from '#domain/product/asset.js';
import { InvalidError } from '#domain/errors.js';

/** Reads `length` bytes at `offset` of an object; fewer where the object ends before. */
export type ReadObject = (
  key: string,
  range: { readonly offset: number; readonly length: number },
  signal?: AbortSignal,
) => Promise<Uint8Array<ArrayBuffer>>;

/** Bytes of one raster, counted from its own start. */
export type ReadBytes = (offset: number, length: number, signal?: AbortSignal) => Promise<Uint8Array<ArrayBuffer>>;

/** Range reads of whole buffers from a store; each answer owns its memory, so it can be transferred. */
export function readFromStore(objects: ObjectStore): ReadObject {
  return async (key, { offset, length }, signal) => {
    signal?.throwIfAborted();
    const out = new Uint8Array(length);
    let at = 0;
    for await (const chunk of await objects.get(key, { offset, length }, signal)) {
      out.set(chunk.subarray(0, length - at), at);
      at += chunk.length;
      if (at >= length) break;
    }
    return at >= length ? out : out.slice(0, at);
  };
}

/** Reads within the byte window a location names. Throws InvalidError for ranges that leave it. */
export function readFromAsset(read: ReadObject, location: AssetLocation): ReadBytes {
  const start = location.offset ?? 0;
  const size = location.length ?? Number.MAX_SAFE_INTEGER - start;
  return (offset, length, signal) => {
    if (!(offset >= 0 && length >= 0 && offset < size)) {
      throw new InvalidError(`${location.key}: the raster points to byte ${offset}, past its end`, {
        subject: location.key,
      });
    }
    return read(location.key, { offset: start + offset, length: Math.min(length, size - offset) }, signal);
  };
}
