/** Samples of a window: bytes of pictures of three bands of them, else floats. */
export type WindowSamples = Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

/** Memory for windows and pictures, used again: fresh memory for each costs more than filling it, and the garbage collector runs for it. */
export class ScratchMemory {
  readonly #free: ArrayBuffer[] = [];
  #kept = 0;

  bytes(length: number, fill: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#take(length), 0, length).fill(fill);
  }

  floats(length: number, fill: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.#take(length * 4), 0, length).fill(fill);
  }

  /** Takes memory back; the array must not be used afterwards. */
  give({ buffer }: WindowSamples): void {
    if (this.#kept + buffer.byteLength > MOST) return;
    this.#kept += buffer.byteLength;
    this.#free.push(buffer);
  }

  #take(bytes: number): ArrayBuffer {
    const index = this.#free.findIndex(
      ({ byteLength }) => byteLength >= bytes && byteLength <= bytes * WASTE + SMALLEST,
    );
    if (index < 0) return new ArrayBuffer(Math.max(bytes, SMALLEST));
    const [memory] = this.#free.splice(index, 1) as [ArrayBuffer];
    this.#kept -= memory.byteLength;
    return memory;
  }
}

/** Bytes: what a usual tile takes at least, and all that is kept. */
const SMALLEST = 1 << 19;
const MOST = 1 << 25;
/** Memory this many times larger than what is wanted stays for what needs it. */
const WASTE = 4;
