/** Integer samples whose rows may hold differences. */
export type IntegerSamples = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array;

/** Undoes horizontal differencing in place (TIFF 6.0 §14, Predictor 2); `row` samples make a row, `bands` a pixel. */
export function undoDifferences(samples: IntegerSamples, row: number, bands: number): void {
  if (bands === 3 && samples instanceof Uint8Array) return undoRgb(samples, row);
  for (let start = 0; start < samples.length; start += row) {
    const end = Math.min(start + row, samples.length);
    for (let at = start + bands; at < end; at++) samples[at]! += samples[at - bands]!;
  }
}

/** The usual picture: running sums held in registers, three times as fast. */
function undoRgb(samples: Uint8Array, row: number): void {
  for (let start = 0; start < samples.length; start += row) {
    const end = Math.min(start + row, samples.length) - 2;
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let at = start; at < end; at += 3) {
      samples[at] = red = (red + samples[at]!) & 255;
      samples[at + 1] = green = (green + samples[at + 1]!) & 255;
      samples[at + 2] = blue = (blue + samples[at + 2]!) & 255;
    }
  }
}

/** Undoes the floating point predictor (TIFF Technical Note 3, Predictor 3): bytes by significance and their differences become native floats of `size` bytes. */
export function undoFloatPredictor(
  bytes: Uint8Array,
  { row, bands, size }: { row: number; bands: number; size: number },
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes.length);
  const rowBytes = row * size;
  for (let start = 0; start + rowBytes <= bytes.length; start += rowBytes) {
    for (let at = start + bands; at < start + rowBytes; at++) bytes[at] = (bytes[at]! + bytes[at - bands]!) & 255;
    for (let i = 0; i < row; i++) {
      for (let b = 0; b < size; b++) out[start + i * size + b] = bytes[start + (size - 1 - b) * row + i]!;
    }
  }
  return out;
}
