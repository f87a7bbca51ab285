/** Samples of several bands, pixel-interleaved, and the value that is no data in them. */
export interface MaskedSamples {
  readonly values: Float32Array | Uint8Array;
  readonly bands: number;
  readonly nodata: number | undefined;
}

/**
 * Makes pixels without data transparent: those where every band has the no-data value, and those where any band is not a number.
 * Gives the opacity back, undefined while everything is opaque.
 */
export function hideNodata(samples: MaskedSamples, opacity: Uint8Array | undefined): Uint8Array | undefined {
  if (samples.values instanceof Uint8Array) return hideInBytes(samples.values, samples, opacity);
  const isHole = samples.bands === 1 ? holeInOne : samples.bands === 3 ? holeInThree : holeInAny;
  const pixels = samples.values.length / samples.bands;
  let mask = opacity;
  for (let pixel = 0; pixel < pixels; pixel++) {
    if (!isHole(samples, pixel)) continue;
    mask ??= new Uint8Array(pixels).fill(255);
    mask[pixel] = 0;
  }
  return mask;
}

/** The usual picture: bytes are always numbers. */
function hideInBytes(
  values: Uint8Array,
  { bands, nodata }: MaskedSamples,
  opacity: Uint8Array | undefined,
): Uint8Array | undefined {
  if (nodata === undefined) return opacity;
  let mask = opacity;
  for (let at = 0; at < values.length; at += bands) {
    if (values[at] !== nodata) continue;
    let band = 1;
    while (band < bands && values[at + band] === nodata) band++;
    if (band < bands) continue;
    mask ??= new Uint8Array(values.length / bands).fill(255);
    mask[at / bands] = 0;
  }
  return mask;
}

function holeInOne({ values, nodata }: MaskedSamples, pixel: number): boolean {
  const value = values[pixel]!;
  return value === nodata || value !== value;
}

function holeInThree({ values, nodata }: MaskedSamples, pixel: number): boolean {
  const red = values[pixel * 3]!;
  const green = values[pixel * 3 + 1]!;
  const blue = values[pixel * 3 + 2]!;
  const sum = red + green + blue;
  return (red === nodata && green === nodata && blue === nodata) || sum !== sum;
}

function holeInAny({ values, bands, nodata }: MaskedSamples, pixel: number): boolean {
  const part = values.subarray(pixel * bands, (pixel + 1) * bands);
  return part.every((value) => value === nodata) || part.some(Number.isNaN);
}
