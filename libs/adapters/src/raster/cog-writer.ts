import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { InvalidError } from '#domain/errors.js';
import { blockBytes, framedBlock, writeCogHeader, type CogLevel } from './cog-header.js';
import { averageDown } from './cog-overview.js';
import { predictFloats, predictHorizontally } from './cog-predictor.js';
import { allocateSamples, checkCogSpec, COG_BLOCK, type CogSpec, type Samples } from './cog-spec.js';

const deflateBlock = promisify(deflate);
const COPY_BYTES = 1 << 20;
/** Classic TIFF addresses 4 GiB; some room for readers that count in signed steps. */
const CLASSIC_LIMIT = 0xfff00000;

/** How a COG is written; `bigTiff` forces BigTIFF, which is otherwise chosen past 4 GB. `progress` gets 0..1. */
export interface CogWriteOptions {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((done: number) => void) | undefined;
  readonly bigTiff?: boolean;
  /** False leaves the overviews out. */
  readonly overviews?: boolean;
}

/**
 * Writes a Cloud-Optimized GeoTIFF from strips of whole rows, top to bottom: 256 px blocks, deflate with predictor, average overviews down to one block.
 * Holds one row of blocks per level. The file appears complete or not at all; throws InvalidError for impossible rasters and wrong row counts.
 */
export async function writeCog(
  file: string,
  spec: CogSpec,
  strips: AsyncIterable<Samples>,
  options: CogWriteOptions = {},
): Promise<void> {
  checkCogSpec(spec);
  const levels = await openLevels(file, spec, options.overviews ?? true);
  const partial = `${file}.partial`;
  try {
    await pushStrips(levels[0]!, strips, options);
    await assemble(partial, spec, { levels, big: options.bigTiff });
    options.signal?.throwIfAborted();
    await rename(partial, file);
  } finally {
    await Promise.all(levels.map((level) => level.discard()));
    await rm(partial, { force: true });
  }
}

async function pushStrips(full: LevelBuilder, strips: AsyncIterable<Samples>, options: CogWriteOptions): Promise<void> {
  for await (const strip of strips) {
    options.signal?.throwIfAborted();
    await full.add(strip);
    options.progress?.(full.rows / full.height);
  }
  if (full.rows !== full.height) {
    throw new InvalidError(`The raster ended after ${full.rows} of ${full.height} rows`);
  }
}

async function openLevels(file: string, spec: CogSpec, overviews: boolean): Promise<LevelBuilder[]> {
  const sizes = [{ width: spec.width, height: spec.height }];
  for (let last = sizes[0]!; overviews && (last.width > COG_BLOCK || last.height > COG_BLOCK); sizes.push(last)) {
    last = { width: Math.ceil(last.width / 2), height: Math.ceil(last.height / 2) };
  }
  const levels: LevelBuilder[] = [];
  for (let index = sizes.length - 1; index >= 0; index--) {
    const path = `${file}.level-${index}.partial`;
    levels.unshift(new LevelBuilder(spec, sizes[index]!, { path, handle: await open(path, 'w+'), next: levels[0] }));
  }
  return levels;
}

async function assemble(
  partial: string,
  spec: CogSpec,
  { levels, big }: { levels: readonly LevelBuilder[]; big: boolean | undefined },
): Promise<void> {
  const isBig = big ?? blockBytes(levels) + writeCogHeader(spec, levels, true).length > CLASSIC_LIMIT;
  const out = await open(partial, 'w');
  try {
    await writeAll(out, [writeCogHeader(spec, levels, isBig)]);
    for (const level of levels.toReversed()) await level.copyTo(out);
    await out.sync();
  } finally {
    await out.close();
  }
}

/** Gathers rows of one resolution into blocks on a temporary file and hands the halved rows to the next. */
class LevelBuilder implements CogLevel {
  readonly width: number;
  readonly height: number;
  readonly sizes: number[] = [];
  /** Rows taken so far. */
  rows = 0;
  private readonly pending: Samples;
  private pendingRows = 0;

  constructor(
    private readonly spec: CogSpec,
    size: { width: number; height: number },
    private readonly to: { path: string; handle: FileHandle; next: LevelBuilder | undefined },
  ) {
    this.width = size.width;
    this.height = size.height;
    this.pending = allocateSamples(spec.sampleType, COG_BLOCK * size.width * spec.bands);
  }

  async add(strip: Samples): Promise<void> {
    const row = this.width * this.spec.bands;
    const count = strip.length / row;
    if (!Number.isInteger(count) || this.rows + count > this.height) {
      throw new InvalidError(
        `Rows of ${row} samples were announced, up to ${this.height}; a strip of ${strip.length} samples does not fit`,
      );
    }
    for (let taken = 0; taken < count;) {
      const rows = Math.min(count - taken, COG_BLOCK - this.pendingRows);
      this.pending.set(strip.subarray(taken * row, (taken + rows) * row), this.pendingRows * row);
      this.pendingRows += rows;
      this.rows += rows;
      taken += rows;
      if (this.pendingRows === COG_BLOCK || this.rows === this.height) await this.flush();
    }
  }

  private async flush(): Promise<void> {
    const { bands, sampleType, nodata } = this.spec;
    const height = this.pendingRows;
    const across = Math.ceil(this.width / COG_BLOCK);
    const blocks = await Promise.all(Array.from({ length: across }, (_, column) => this.encode(column)));
    for (const block of blocks) this.sizes.push(block.length);
    await writeAll(this.to.handle, blocks.flatMap(framedBlock));
    this.pendingRows = 0;
    if (this.to.next === undefined) return;
    const samples = this.pending.subarray(0, height * this.width * bands);
    await this.to.next.add(averageDown({ samples, width: this.width, height, bands }, sampleType, nodata).samples);
  }

  private async encode(column: number): Promise<Buffer> {
    const { bands, sampleType, nodata } = this.spec;
    const block = allocateSamples(sampleType, COG_BLOCK * COG_BLOCK * bands);
    if (nodata !== undefined && nodata !== 0) block.fill(nodata);
    const left = column * COG_BLOCK;
    const width = Math.min(COG_BLOCK, this.width - left);
    for (let y = 0; y < this.pendingRows; y++) {
      const from = (y * this.width + left) * bands;
      block.set(this.pending.subarray(from, from + width * bands), y * COG_BLOCK * bands);
    }
    if (block instanceof Float32Array || block instanceof Float64Array)
      return deflateBlock(predictFloats(block, bands));
    predictHorizontally(block, bands);
    return deflateBlock(new Uint8Array(block.buffer));
  }

  async copyTo(out: FileHandle): Promise<void> {
    const buffer = Buffer.allocUnsafe(COPY_BYTES);
    for (let at = 0; ;) {
      const { bytesRead } = await this.to.handle.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) return;
      await writeAll(out, [buffer.subarray(0, bytesRead)]);
      at += bytesRead;
    }
  }

  async discard(): Promise<void> {
    await this.to.handle.close();
    await rm(this.to.path, { force: true });
  }
}

async function writeAll(handle: FileHandle, buffers: Buffer[]): Promise<void> {
  const bytes = Buffer.concat(buffers);
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.length - at);
    at += bytesWritten;
  }
}
