import type { RasterInfo } from '#domain/ports/raster-source.js';
import { allocateSamples, type Samples } from './cog-spec.js';
import type { Surface } from './canvas.js';
import type { SampleRow } from './resample-row.js';

/** What a sheet is made for. */
export interface SheetShape {
  readonly width: number;
  readonly rows: { readonly from: number; readonly count: number };
  readonly bands: number;
  readonly sampleType: RasterInfo['sampleType'];
  readonly fill: number;
}

type Range = readonly [low: number, high: number];

const RANGES: Readonly<Partial<Record<RasterInfo['sampleType'], Range>>> = {
  uint8: [0, 0xff],
  uint16: [0, 0xffff],
  int16: [-0x8000, 0x7fff],
  uint32: [0, 0xffffffff],
  int32: [-0x80000000, 0x7fffffff],
};

/** Rows of a coverage being filled with warped samples, which become whole numbers of the type's range where it has only those. */
export class SampleSheet implements Surface {
  readonly takesSamples = true;
  readonly width: number;
  readonly height: number;
  readonly samples: Samples;

  constructor(private readonly shape: SheetShape) {
    this.width = shape.width;
    this.height = shape.rows.from + shape.rows.count;
    const { width, rows, bands, sampleType, fill } = shape;
    this.samples = allocateSamples(sampleType, width * rows.count * bands).fill(fill);
  }

  paintUnder(at: number, count: number, { row }: { row: SampleRow }): boolean {
    const { bands, rows, sampleType, width } = this.shape;
    const range = RANGES[sampleType];
    const start = at - rows.from * width;
    for (let i = 0; i < count; i++) {
      if (row.opacity[i] === 0) continue;
      for (let band = 0; band < bands; band++) {
        const value = row.values[i * bands + band]!;
        this.samples[(start + i) * bands + band] = range === undefined ? value : whole(value, range);
      }
    }
    return true;
  }

  isCovered(): boolean {
    return false;
  }
}

function whole(value: number, [low, high]: Range): number {
  return Math.min(high, Math.max(low, Math.round(value)));
}
