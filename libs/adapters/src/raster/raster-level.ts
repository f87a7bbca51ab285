import { InvalidError } from '#domain/errors.js';
import { TAG, type TiffDirectory } from './tiff-directory.js';

/** Numbers a sample can be; `bits` are unsigned integers of an odd width, packed (TIFF 6.0 §BitsPerSample). */
export type SampleType = 'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'float32' | 'float64' | 'bits';

/** One resolution of a raster: its geometry, block index and coding. Strips are blocks as wide as the image. */
export interface RasterLevel {
  readonly width: number;
  readonly height: number;
  readonly blockWidth: number;
  readonly blockHeight: number;
  /** Blocks across and down. */
  readonly across: number;
  readonly down: number;
  readonly bands: number;
  /** Whether every band has blocks of its own. */
  readonly planar: boolean;
  readonly tiled: boolean;
  readonly sampleType: SampleType;
  readonly bits: number;
  readonly compression: number;
  readonly predictor: number;
  readonly photometric: number;
  readonly littleEndian: boolean;
  readonly jpegTables: Uint8Array | undefined;
  /** Row-major, band after band where planar. A count of 0 is a block never written. */
  readonly offsets: Float64Array;
  readonly counts: Float64Array;
}

/** Shape of one block as stored: the last strip is shorter, a planar block has one band. */
export interface BlockShape {
  readonly width: number;
  readonly height: number;
  readonly bands: number;
}

const MAX_SIDE = 0x7fffffff;
const MAX_BLOCKS = 1 << 20;
const MAX_BANDS = 1024;
const MAX_BLOCK_BYTES = 128 << 20;

/** Reads one image directory. Throws InvalidError for geometry that lies and for codings not known here. */
export function readRasterLevel(directory: TiffDirectory): RasterLevel {
  const width = directory.number(TAG.width, 0);
  const height = directory.number(TAG.height, 0);
  const bands = directory.number(TAG.samplesPerPixel, 1);
  const planar = directory.number(TAG.planarConfiguration, 1) === 2 && bands > 1;
  const block = blockSize(directory, width, height);
  const across = Math.ceil(width / block.blockWidth);
  const down = Math.ceil(height / block.blockHeight);
  const sample = sampleOf(directory, bands);
  checkSize({ width, height, bands, blocks: across * down * (planar ? bands : 1) });
  checkBlock(block.blockWidth * block.blockHeight * (planar ? 1 : bands) * Math.ceil(sample.bits / 8));
  return {
    width,
    height,
    ...block,
    across,
    down,
    bands,
    planar,
    ...sample,
    compression: directory.number(TAG.compression, 1),
    predictor: directory.number(TAG.predictor, 1),
    photometric: directory.number(TAG.photometric, 1),
    littleEndian: directory.littleEndian,
    jpegTables: bytesOf(directory.values(TAG.jpegTables)),
    ...blockIndex(directory, across * down * (planar ? bands : 1), block.tiled),
  };
}

function checkSize(size: { width: number; height: number; bands: number; blocks: number }): void {
  const { width, height, bands, blocks } = size;
  const sides = width >= 1 && height >= 1 && width <= MAX_SIDE && height <= MAX_SIDE;
  if (!sides || !(bands >= 1 && bands <= MAX_BANDS)) {
    throw new InvalidError(`The raster announces ${width} x ${height} pixels of ${bands} bands`);
  }
  if (!(blocks <= MAX_BLOCKS))
    throw new InvalidError(`The raster has ${blocks} blocks; at most ${MAX_BLOCKS} are read`);
}

function checkBlock(bytes: number): void {
  if (!(bytes > 0 && bytes <= MAX_BLOCK_BYTES)) {
    throw new InvalidError(
      `The raster has blocks of ${bytes} bytes; at most ${MAX_BLOCK_BYTES} are decoded at once: tile it`,
    );
  }
}

function blockSize(directory: TiffDirectory, width: number, height: number) {
  const tileWidth = directory.number(TAG.tileWidth, 0);
  const tileLength = directory.number(TAG.tileLength, 0);
  if (tileWidth > 0 && tileLength > 0) return { blockWidth: tileWidth, blockHeight: tileLength, tiled: true };
  const rows = directory.number(TAG.rowsPerStrip, height);
  return { blockWidth: width, blockHeight: Math.max(1, Math.min(rows, height)), tiled: false };
}

function blockIndex(directory: TiffDirectory, blocks: number, tiled: boolean) {
  const offsets = directory.values(tiled ? TAG.tileOffsets : TAG.stripOffsets);
  const counts = directory.values(tiled ? TAG.tileByteCounts : TAG.stripByteCounts);
  if (offsets === undefined || counts === undefined || offsets.length < blocks || counts.length < blocks) {
    throw new InvalidError(`The raster needs ${blocks} blocks, its index has ${offsets?.length ?? 0}`);
  }
  return { offsets, counts };
}

const FORMATS: Readonly<Record<string, SampleType>> = {
  '1/8': 'uint8',
  '1/16': 'uint16',
  '1/32': 'uint32',
  '2/8': 'int8',
  '2/16': 'int16',
  '2/32': 'int32',
  '3/32': 'float32',
  '3/64': 'float64',
};

function sampleOf(directory: TiffDirectory, bands: number): { sampleType: SampleType; bits: number } {
  const depths = directory.values(TAG.bitsPerSample) ?? Float64Array.of(1);
  const bits = depths[0]!;
  const format = directory.number(TAG.sampleFormat, 1);
  const known = FORMATS[`${format === 4 ? 1 : format}/${bits}`];
  const packed = format === 1 && Number.isInteger(bits) && bits >= 1 && bits <= 16;
  if ((known === undefined && !packed) || depths.subarray(0, bands).some((depth) => depth !== bits)) {
    throw new InvalidError(
      `Samples of format ${format} and ${[...depths.subarray(0, 8)].join(', ')} bits are not drawn`,
    );
  }
  return { sampleType: known ?? 'bits', bits };
}

function bytesOf(values: Float64Array | undefined): Uint8Array | undefined {
  return values === undefined ? undefined : Uint8Array.from(values);
}
