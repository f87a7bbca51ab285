import { COG_BLOCK, type Samples } from './cog-spec.js';

/** Differences along the rows of one block, in place (TIFF 6.0 §14: Predictor 2). `bands` samples make a pixel. */
export function predictHorizontally(block: Exclude<Samples, Float32Array | Float64Array>, bands: number): void {
  const row = COG_BLOCK * bands;
  for (let start = 0; start < block.length; start += row) {
    for (let at = start + row - 1; at >= start + bands; at--) block[at]! -= block[at - bands]!;
  }
}

/** Floating point predictor of one block (TIFF Technical Note 3: Predictor 3): bytes by significance, most significant first, then differences. */
export function predictFloats(block: Float32Array | Float64Array, bands: number): Uint8Array {
  const size = block.BYTES_PER_ELEMENT;
  const row = COG_BLOCK * bands;
  const bytes = new Uint8Array(block.buffer, block.byteOffset, block.byteLength);
  const out = new Uint8Array(bytes.length);
  for (let start = 0; start < block.length; start += row) {
    const from = start * size;
    for (let i = 0; i < row; i++) {
      for (let b = 0; b < size; b++) out[from + b * row + i] = bytes[from + size * i + size - 1 - b]!;
    }
    for (let at = from + row * size - 1; at >= from + bands; at--) out[at]! -= out[at - bands]!;
  }
  return out;
}
