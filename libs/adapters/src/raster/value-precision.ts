/** Bits of a float's 23 that are cut off: what is left is good to one part in 4096, 0.001 dB. */
const CUT = 12;
const HALF = 1 << (CUT - 1);

/** Rounds values in place to 12 significant bits: noise that no instrument resolves takes no room in a file. NaN stays. */
export function roundPrecision(values: Float32Array): void {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < bits.length; i++) {
    if (values[i] === values[i]) bits[i] = ((bits[i]! + HALF) >>> CUT) << CUT;
  }
}
