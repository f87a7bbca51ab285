import { endianness } from 'node:os';
import { inflateSync, zstdDecompressSync } from 'node:zlib';
import { DomainError, InvalidError } from '#domain/errors.js';
import { undoDifferences, undoFloatPredictor, type IntegerSamples } from './block-predictor.js';
import { decodeLzw } from './lzw-decode.js';
import { decodePackBits } from './packbits-decode.js';
import { decodeJpegBlock, decodeWebpBlock } from './picture-block.js';
import type { BlockShape, RasterLevel } from './raster-level.js';

/** Samples of one block, pixel-interleaved. */
export type BlockSamples = IntegerSamples | Float32Array | Float64Array;

const NATIVE_LITTLE = endianness() === 'LE';

/** Compression codes of TIFF 6.0, its supplements and GDAL's registry. */
const COMPRESSION = {
  none: 1,
  lzw: 5,
  jpeg: 7,
  deflate: 8,
  packBits: 32773,
  oldDeflate: 32946,
  zstd: 50000,
  webp: 50001,
};

/** Decodes one block. Throws InvalidError for damaged data, bombs and compressions not known here. */
export async function decodeBlock(
  data: Uint8Array<ArrayBuffer>,
  level: RasterLevel,
  shape: BlockShape,
): Promise<BlockSamples> {
  try {
    if (level.compression === COMPRESSION.jpeg) return await decodeJpegBlock(data, level, shape);
    if (level.compression === COMPRESSION.webp) return await decodeWebpBlock(data, shape);
    return toSamples(decompress(data, level.compression, storedBytes(level, shape)), level, shape);
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new InvalidError('A block of the raster is damaged: it cannot be decoded', { cause: error });
  }
}

/** Bytes of the decoded block in memory. */
export function blockMemory({ bits }: RasterLevel, { width, height, bands }: BlockShape): number {
  return width * height * bands * Math.max(1, Math.ceil(bits / 8));
}

function storedBytes({ bits }: RasterLevel, { width, height, bands }: BlockShape): number {
  return Math.ceil((width * bands * bits) / 8) * height;
}

function decompress(data: Uint8Array<ArrayBuffer>, compression: number, size: number): Uint8Array<ArrayBuffer> {
  switch (compression) {
    case COMPRESSION.none:
      return exactly(data.slice(0, size), size);
    case COMPRESSION.deflate:
    case COMPRESSION.oldDeflate:
      // One chunk of the right size: no copies, and a bomb stops at the size announced.
      return exactly(inflateSync(data, { chunkSize: Math.max(size, 64), maxOutputLength: size + 4096 }), size);
    case COMPRESSION.zstd:
      return exactly(zstdDecompressSync(data, { chunkSize: Math.max(size, 64), maxOutputLength: size + 4096 }), size);
    case COMPRESSION.lzw:
      return decodeLzw(data, size);
    case COMPRESSION.packBits:
      return decodePackBits(data, size);
    default:
      throw new InvalidError(`TIFF compression ${compression} is not read`);
  }
}

function exactly(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  if (bytes.length < size) throw new InvalidError(`A block of the raster has ${bytes.length} bytes instead of ${size}`);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, size);
}

function toSamples(bytes: Uint8Array<ArrayBuffer>, level: RasterLevel, shape: BlockShape): BlockSamples {
  const row = shape.width * shape.bands;
  if (level.sampleType === 'bits') return unpack(bytes, { bits: level.bits, row, rows: shape.height });
  const size = level.bits / 8;
  if (level.predictor === 3) {
    return view(level, undoFloatPredictor(bytes, { row, bands: shape.bands, size }));
  }
  if (level.littleEndian !== NATIVE_LITTLE) swap(bytes, size);
  const samples = view(level, bytes);
  if (level.predictor === 2) undoDifferences(samples as IntegerSamples, row, shape.bands);
  return samples;
}

function swap(bytes: Uint8Array<ArrayBuffer>, size: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (size === 2) buffer.swap16();
  else if (size === 4) buffer.swap32();
  else if (size === 8) buffer.swap64();
}

type ArrayOf = new (buffer: ArrayBuffer, byteOffset: number, length: number) => BlockSamples;

const ARRAYS: Readonly<Record<RasterLevel['sampleType'], ArrayOf>> = {
  uint8: Uint8Array,
  bits: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
};

function view({ sampleType, bits }: RasterLevel, decoded: Uint8Array<ArrayBuffer>): BlockSamples {
  const aligned = decoded.byteOffset % (bits / 8) === 0 ? decoded : decoded.slice();
  return new ARRAYS[sampleType](aligned.buffer, aligned.byteOffset, (aligned.byteLength * 8) / bits);
}

/** Unsigned samples of 1 to 16 bits, packed from the most significant bit on; each row begins at a byte. */
function unpack(bytes: Uint8Array, { bits, row, rows }: { bits: number; row: number; rows: number }): BlockSamples {
  const out = bits <= 8 ? new Uint8Array(row * rows) : new Uint16Array(row * rows);
  const rowBytes = Math.ceil((row * bits) / 8);
  const mask = (1 << bits) - 1;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < row; x++) {
      const bit = x * bits;
      const at = y * rowBytes + (bit >> 3);
      const word = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
      out[y * row + x] = (word >> (24 - (bit & 7) - bits)) & mask;
    }
  }
  return out;
}
