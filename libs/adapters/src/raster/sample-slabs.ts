import type { BlockSamples } from './block-decode.js';

/** Shared memory for blocks of samples, used again and again: the collector of garbage does not see how much a shared buffer holds, and would free it late. */
export class SampleSlabs {
  readonly #free = new Map<number, SharedArrayBuffer[]>();
  #freeBytes = 0;

  /** Keeps no more than so many bytes for later. */
  constructor(private readonly limit: number) {}

  /** The samples, copied into shared memory. */
  copy(samples: BlockSamples): BlockSamples {
    const memory = this.#take(samples.byteLength);
    const copy = new (samples.constructor as new (memory: SharedArrayBuffer) => BlockSamples)(memory);
    copy.set(samples);
    return copy;
  }

  /** Takes back what nobody reads any more. */
  give({ buffer }: BlockSamples): void {
    if (!(buffer instanceof SharedArrayBuffer) || this.#freeBytes + buffer.byteLength > this.limit) return;
    this.#freeBytes += buffer.byteLength;
    const same = this.#free.get(buffer.byteLength);
    if (same === undefined) this.#free.set(buffer.byteLength, [buffer]);
    else same.push(buffer);
  }

  #take(bytes: number): SharedArrayBuffer {
    const memory = this.#free.get(bytes)?.pop();
    if (memory === undefined) return new SharedArrayBuffer(bytes);
    this.#freeBytes -= bytes;
    return memory;
  }
}
