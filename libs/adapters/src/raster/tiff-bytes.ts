import { InvalidError } from '#domain/errors.js';
import type { ReadBytes } from './object-ranges.js';

/** One range read brings header and tile index of all levels of a usual COG. */
const CHUNK = 32_768;
/** No honest header is longer: two million blocks of a BigTIFF. */
const MAX_BYTES = 40 << 20;
const MAX_READS = 256;
const MAX_VALUES = 5e6;

/** A span of header bytes that has been read. */
interface Segment {
  readonly offset: number;
  readonly view: DataView;
}

/** Header bytes of a TIFF, read in chunks of 32 kB where they are needed and never more than 40 MB in all. */
export class TiffBytes {
  readonly #segments: Segment[] = [];
  #total = 0;
  #values = 0;
  /** Range reads made so far. */
  reads = 0;

  constructor(
    private readonly read: ReadBytes,
    private readonly signal?: AbortSignal,
  ) {}

  /** Bytes as a view that starts at `offset` of the file. Throws InvalidError past the end and for headers beyond the limits. */
  async view(offset: number, length: number): Promise<DataView> {
    for (const { offset: start, view } of this.#segments) {
      if (offset >= start && offset + length <= start + view.byteLength) {
        return new DataView(view.buffer, view.byteOffset + offset - start, length);
      }
    }
    const segment = await this.#load(offset, Math.max(length, CHUNK));
    if (segment.view.byteLength < length) {
      throw new InvalidError(`The TIFF header points to bytes ${offset} to ${offset + length}, past the end`);
    }
    return new DataView(segment.view.buffer, segment.view.byteOffset, length);
  }

  /** Counts decoded values, so that fields that share bytes cannot fill the memory. Throws InvalidError beyond five million. */
  spend(values: number): void {
    this.#values += values;
    if (this.#values > MAX_VALUES) throw new InvalidError(`The TIFF header holds more than ${MAX_VALUES} values`);
  }

  async #load(offset: number, length: number): Promise<Segment> {
    if (!Number.isSafeInteger(offset) || this.#total + length > MAX_BYTES || this.reads >= MAX_READS) {
      throw new InvalidError(`The TIFF header is larger than the ${MAX_BYTES >> 20} MB or ${MAX_READS} pieces read`);
    }
    const bytes = await this.read(offset, length, this.signal);
    this.reads++;
    this.#total += length;
    const segment = { offset, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
    this.#segments.push(segment);
    return segment;
  }
}
