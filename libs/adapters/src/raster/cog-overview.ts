import { allocateSamples, type CogSampleType, type Samples } from './cog-spec.js';

/** Rows of one pyramid level, pixel-interleaved. */
export interface Rows {
  readonly samples: Samples;
  readonly width: number;
  readonly height: number;
  readonly bands: number;
}

/** Halves rows by averaging 2 x 2 samples (fewer at odd edges); nodata and NaN do not take part, and a cell of nothing else stays nodata. */
export function averageDown(rows: Rows, type: CogSampleType, nodata: number | undefined): Rows {
  const width = Math.ceil(rows.width / 2);
  const height = Math.ceil(rows.height / 2);
  const samples = allocateSamples(type, width * height * rows.bands);
  const average = nodata === undefined && !type.startsWith('float') ? averageAll : averageValid;
  for (let y = 0; y < height; y++) {
    const upper = 2 * y * rows.width;
    const lower = 2 * y + 1 < rows.height ? upper + rows.width : upper;
    average({ rows, upper, lower, out: samples.subarray(y * width * rows.bands), width, nodata });
  }
  return { samples, width, height, bands: rows.bands };
}

interface RowPair {
  readonly rows: Rows;
  /** Pixel index of the row's start. */
  readonly upper: number;
  readonly lower: number;
  readonly out: Samples;
  readonly width: number;
  readonly nodata: number | undefined;
}

function averageAll({ rows, upper, lower, out, width }: RowPair): void {
  const { samples, bands } = rows;
  for (let x = 0, to = 0; x < width; x++) {
    const right = 2 * x + 1 < rows.width ? bands : 0;
    let a = (upper + 2 * x) * bands;
    let b = (lower + 2 * x) * bands;
    for (let band = 0; band < bands; band++, a++, b++) {
      out[to++] = Math.floor((samples[a]! + samples[a + right]! + samples[b]! + samples[b + right]! + 2) / 4);
    }
  }
}

function averageValid({ rows, upper, lower, out, width, nodata }: RowPair): void {
  const { samples, bands } = rows;
  const rounding =
    samples instanceof Float32Array || samples instanceof Float64Array ? (value: number) => value : Math.round;
  const empty = nodata ?? Number.NaN;
  const at = [0, 0, 0, 0];
  for (let x = 0; x < width; x++) {
    const right = 2 * x + 1 < rows.width ? bands : 0;
    for (let band = 0; band < bands; band++) {
      at[0] = (upper + 2 * x) * bands + band;
      at[1] = at[0] + right;
      at[2] = (lower + 2 * x) * bands + band;
      at[3] = at[2] + right;
      const mean = meanOf(samples, at, nodata);
      out[x * bands + band] = mean === undefined ? empty : rounding(mean);
    }
  }
}

function meanOf(samples: Samples, at: readonly number[], nodata: number | undefined): number | undefined {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < 4; i++) {
    const value = samples[at[i]!]!;
    if (value === nodata || value !== value) continue;
    sum += value;
    count++;
  }
  return count === 0 ? undefined : sum / count;
}
