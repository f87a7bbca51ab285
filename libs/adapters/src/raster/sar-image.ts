import { open, type FileHandle } from 'node:fs/promises';
import { InvalidError } from '#domain/errors.js';
import type { SarCalibration } from '#domain/ports/sar-calibration.js';
import type { BlockSamples } from './block-decode.js';
import { BlockLoader } from './block-loader.js';
import { ByteCache } from './byte-cache.js';
import type { GridBlock } from './mesh-positions.js';
import { readRasterLevel, type RasterLevel } from './raster-level.js';
import { factorsOfLine } from './sigma-factors.js';
import { blocksOf, takeInto } from './source-window.js';
import { readTiffDirectories } from './tiff-directory.js';

/** Decoded strips or tiles kept: what a row of output blocks passes over again and again. */
const KEPT_BYTES = 64 << 20;
const MAX_WINDOW = 64e6;

/** A detected SAR image on local disk, read window by window as backscatter. Close it. */
export class SarImage {
  private readonly loader = new BlockLoader(new ByteCache<BlockSamples>(KEPT_BYTES));

  private constructor(
    private readonly file: FileHandle,
    private readonly name: string,
    /** Size, blocks and coding. */
    readonly level: RasterLevel,
  ) {}

  /** Throws InvalidError for what is no TIFF of 16 bit amplitudes. */
  static async open(path: string): Promise<SarImage> {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const file = await open(path, 'r');
    try {
      const [directory] = await readTiffDirectories((offset, length) => readAt(file, offset, length));
      const level = readRasterLevel(directory!);
      if (level.bands !== 1 || level.sampleType !== 'uint16') {
        throw new InvalidError(
          `The SAR image is not of detected amplitudes (16 bit unsigned): ${level.bands} band(s), ${level.sampleType}`,
        );
      }
      return new SarImage(file, name, level);
    } catch (error) {
      await file.close();
      throw error instanceof InvalidError ? new InvalidError(`${name}: ${error.message}`, { subject: name }) : error;
    }
  }

  close(): Promise<void> {
    return this.file.close();
  }

  /** Mean backscatter of squares of `looks` x `looks` pixels, `window` counted in these; NaN where the image has nothing. Throws InvalidError for damaged images and windows too large. */
  async backscatter(window: GridBlock, looks: number, calibration: SarCalibration): Promise<Float32Array> {
    const frame = {
      left: window.left * looks,
      top: window.top * looks,
      width: Math.min(window.width * looks, this.level.width - window.left * looks),
      height: Math.min(window.height * looks, this.level.height - window.top * looks),
    };
    if (frame.width * frame.height > MAX_WINDOW)
      throw new InvalidError(`The ground control points of ${this.name} fold the image; it cannot be gridded`);
    const amplitudes = new Uint16Array(frame.width * frame.height);
    const places = blocksOf(this.level, frame, [0]);
    const take = takeInto(this.level, frame, { values: amplitudes, opacity: undefined, alpha: undefined, bands: [0] });
    const raster = { id: this.name, read: (offset: number, length: number) => readAt(this.file, offset, length) };
    await this.loader.load({ raster, level: this.level, name: '0', places }, take);
    return meanPowers(amplitudes, { frame, window, looks }, calibration);
  }
}

interface Looks {
  readonly frame: GridBlock;
  readonly window: GridBlock;
  readonly looks: number;
}

/** Amplitude 0 is no data and takes no part in a mean. */
function meanPowers(
  amplitudes: Uint16Array,
  { frame, window, looks }: Looks,
  calibration: SarCalibration,
): Float32Array {
  const powers = new Float32Array(window.width * window.height);
  const factors = new Float64Array(window.width);
  const sums = new Float64Array(window.width);
  const counts = new Uint32Array(window.width);
  // The middle of a square, in pixels whose own middles are whole numbers.
  const middle = (looks - 1) / 2;
  for (let row = 0; row < window.height; row++) {
    sums.fill(0);
    counts.fill(0);
    const last = Math.min(frame.height, (row + 1) * looks);
    for (let y = row * looks; y < last; y++)
      addSquares(amplitudes.subarray(y * frame.width, (y + 1) * frame.width), looks, { sums, counts });
    const pixels = { first: frame.left + middle, step: looks, count: window.width };
    factorsOfLine(calibration, frame.top + row * looks + middle, pixels, factors);
    for (let x = 0, at = row * window.width; x < window.width; x++, at++) {
      powers[at] = counts[x] === 0 ? Number.NaN : sums[x]! / counts[x]! / factors[x]! ** 2;
    }
  }
  return powers;
}

function addSquares(line: Uint16Array, looks: number, to: { sums: Float64Array; counts: Uint32Array }): void {
  for (let x = 0, at = 0, look = 0; x < line.length; x++) {
    const amplitude = line[x]!;
    if (amplitude !== 0) {
      to.sums[at]! += amplitude * amplitude;
      to.counts[at]!++;
    }
    if (++look === looks) {
      look = 0;
      at++;
    }
  }
}

async function readAt(file: FileHandle, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  const { bytesRead } = await file.read(bytes, 0, length, offset);
  return bytes.subarray(0, bytesRead);
}
