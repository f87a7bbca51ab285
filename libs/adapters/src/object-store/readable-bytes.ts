import type { Readable } from 'node:stream';

/** A stream as bytes: its errors mapped, and ending early destroys it even before the first read (an async generator would not). */
export function readableBytes(stream: Readable, mapError: (error: unknown) => unknown): AsyncIterable<Uint8Array> {
  stream.on('error', () => undefined);
  return {
    [Symbol.asyncIterator]: () => {
      const chunks = stream.iterator() as AsyncIterator<Uint8Array>;
      return {
        next: () =>
          chunks.next().catch((error: unknown) => {
            throw mapError(error);
          }),
        return: () => {
          stream.destroy();
          return Promise.resolve({ done: true as const, value: undefined });
        },
      };
    },
  };
}
