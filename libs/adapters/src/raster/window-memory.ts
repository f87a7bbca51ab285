/** Sample memory of windows, used again: fresh memory for every window costs more than filling it. */
export class WindowMemory {
  readonly #free: Float32Array<ArrayBuffer>[] = [];

  /** An array of the length, every value the same. */
  take(length: number, fill: number): Float32Array<ArrayBuffer> {
    const index = this.#free.findIndex((one) => one.length >= length);
    const memory = index < 0 ? new Float32Array(Math.max(length, SMALLEST)) : this.#free.splice(index, 1)[0]!;
    return memory.subarray(0, length).fill(fill);
  }

  /** Takes memory back; the array must not be used afterwards. */
  give(values: Float32Array<ArrayBuffer>): void {
    const memory = new Float32Array(values.buffer);
    if (memory.length <= LARGEST && this.#free.length < KEPT) this.#free.push(memory);
  }
}

const KEPT = 4;
/** Samples: the window of a usual tile, and the largest kept. */
const SMALLEST = 1 << 20;
const LARGEST = 1 << 23;
