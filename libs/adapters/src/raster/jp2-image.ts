import { open, type FileHandle } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { InvalidError } from '#domain/errors.js';
import { readJp2Codestream, type Jp2Codestream } from './jp2-codestream.js';
import { indexTileParts, spliceTile, type TileParts } from './jp2-tiles.js';
import type { DecodedSamples, Jp2Codec } from './jp2-codec.js';

const WHOLE_SAMPLES = 12e6;
const MAX_TILE_SAMPLES = 48e6;

/** An open JPEG 2000 file; close it. */
export class Jp2Image {
  private constructor(
    private readonly file: FileHandle,
    private readonly name: string,
    readonly stream: Jp2Codestream,
    private readonly wholeUpTo: number,
  ) {}

  /** Pictures of up to `wholeUpTo` samples are decoded at once, larger ones tile by tile. Throws InvalidError, naming the file, for what cannot be read. */
  static async open(path: string, wholeUpTo = WHOLE_SAMPLES): Promise<Jp2Image> {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const file = await open(path, 'r');
    try {
      return new Jp2Image(file, name, await readJp2Codestream(file), wholeUpTo);
    } catch (error) {
      await file.close();
      throw named(error, name);
    }
  }

  close(): Promise<void> {
    return this.file.close();
  }

  /** Size at 1/2^reduction (ISO/IEC 15444-1 §B.5). */
  size(reduction: number): { width: number; height: number } {
    return { width: reduced(this.stream.width, reduction), height: reduced(this.stream.height, reduction) };
  }

  /** Strips of whole rows at 1/2^reduction, top to bottom, pixel-interleaved. Throws InvalidError for damaged data and too large tiles. */
  async *rows(codec: Jp2Codec, reduction: number, signal?: AbortSignal): AsyncGenerator<DecodedSamples> {
    try {
      this.check(reduction);
      const { width, height } = this.size(reduction);
      if (width * height * this.stream.components <= this.wholeUpTo) yield await this.whole(codec, reduction);
      else yield* this.tileRows(codec, reduction, signal);
    } catch (error) {
      throw named(error, this.name);
    }
  }

  private check(reduction: number): void {
    const { coding, tileWidth, tileHeight, components } = this.stream;
    if (reduction < 0 || reduction > coding.levels) {
      throw new InvalidError(`The JPEG 2000 picture has ${coding.levels} smaller resolutions, not ${reduction}`);
    }
    if (reduced(tileWidth, reduction) * reduced(tileHeight, reduction) * components > MAX_TILE_SAMPLES) {
      throw new InvalidError(`A JPEG 2000 tile of ${tileWidth} x ${tileHeight} pixels is more than is decoded at once`);
    }
  }

  private async whole(codec: Jp2Codec, reduction: number): Promise<DecodedSamples> {
    const { start, end, width, height, components } = this.stream;
    // No encoder needs this much; more is padding meant to fill memory.
    const length = Math.min(end - start, (1 << 20) + width * height * components * 4);
    const bytes = Buffer.alloc(length);
    await this.file.read(bytes, 0, length, start);
    const size = this.size(reduction);
    return exactly(codec.decode(bytes, reduction).samples, size.width * size.height * components);
  }

  private async *tileRows(codec: Jp2Codec, reduction: number, signal?: AbortSignal): AsyncGenerator<DecodedSamples> {
    const { stream } = this;
    const parts = await indexTileParts(this.file, stream);
    const { width } = this.size(reduction);
    for (let row = 0; row < stream.tilesDown; row++) {
      const height = span(row, stream.tileHeight, stream.height, reduction).length;
      const length = width * height * stream.components;
      const strip = stream.bits > 8 ? new Uint16Array(length) : new Uint8Array(length);
      for (let column = 0; column < stream.tilesAcross; column++) {
        await setImmediate();
        signal?.throwIfAborted();
        const { start, length: across } = span(column, stream.tileWidth, stream.width, reduction);
        const tile = await this.tile(codec, { column, row, parts, reduction });
        paste(exactly(tile, across * height * stream.components), strip, {
          row: across * stream.components,
          at: start * stream.components,
          stride: width * stream.components,
        });
      }
      yield strip;
    }
  }

  private async tile(
    codec: Jp2Codec,
    at: { column: number; row: number; parts: TileParts; reduction: number },
  ): Promise<DecodedSamples> {
    const parts = at.parts[at.row * this.stream.tilesAcross + at.column]!;
    const { codestream, reach } = await spliceTile(this.file, this.stream, { ...at, parts });
    codec.reserve(reach);
    return codec.decode(codestream, at.reduction).samples;
  }
}

const reduced = (side: number, reduction: number): number => Math.ceil(side / 2 ** reduction);

function span(index: number, tile: number, side: number, reduction: number): { start: number; length: number } {
  const start = reduced(index * tile, reduction);
  return { start, length: reduced(Math.min(side, (index + 1) * tile), reduction) - start };
}

function exactly(samples: DecodedSamples, length: number): DecodedSamples {
  if (samples.length < length) throw new InvalidError('The JPEG 2000 data holds fewer samples than its header says');
  return samples.length === length ? samples : samples.subarray(0, length);
}

function paste(tile: DecodedSamples, strip: DecodedSamples, to: { row: number; at: number; stride: number }): void {
  for (let y = 0; y * to.row < tile.length; y++)
    strip.set(tile.subarray(y * to.row, (y + 1) * to.row), y * to.stride + to.at);
}

function named(error: unknown, name: string): unknown {
  return error instanceof InvalidError && error.subject === undefined
    ? new InvalidError(`${name}: ${error.message}`, { subject: name, cause: error })
    : error;
}
