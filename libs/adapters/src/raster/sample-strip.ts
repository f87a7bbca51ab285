import { InvalidError, TooLargeError } from '#domain/errors.js';
import type { CoverageResampling } from '#domain/ports/coverage-request.js';
import type { RasterInfo, RasterSource } from '#domain/ports/raster-source.js';
import { blockMemory, type BlockSamples } from './block-decode.js';
import { allocateSamples, type Samples } from './cog-spec.js';
import { definitionOf } from './coordinate-transform.js';
import { drawSource, type Drawing } from './draw-source.js';
import type { OpenRaster } from './open-raster.js';
import type { TargetFrame } from './pixel-map.js';
import { SampleSheet } from './sample-sheet.js';
import { blocksOf, takeInto } from './source-window.js';

/** Some rows of a coverage, wanted of one raster. */
export interface StripRequest {
  readonly source: RasterSource;
  readonly bands: readonly number[];
  /** The whole coverage, so that its strips fit together. */
  readonly target: TargetFrame;
  readonly rows: { readonly from: number; readonly count: number };
  readonly resampling: CoverageResampling;
  readonly sampleType: RasterInfo['sampleType'];
  /** Value of cells without data. */
  readonly fill: number;
}

/** The rows asked for, pixel-interleaved. */
export interface SampleStrip {
  readonly samples: Samples;
}

/** What reading samples works with. */
export type SampleWork = Pick<Drawing, 'loader' | 'scratch' | 'budget' | 'signal'>;

/** Reads rows of a coverage: copied where its grid is the raster's own, else warped. Throws InvalidError for bands there are not. */
export async function readSampleStrip(
  work: SampleWork,
  raster: OpenRaster,
  request: StripRequest,
): Promise<SampleStrip> {
  const missing = request.bands.find((band) => !(band >= 0 && band < raster.header.levels[0]!.bands));
  if (missing !== undefined) throw new InvalidError(`The raster has no band ${missing}`, { subject: 'bands' });
  const shift = gridShift(raster, request.target);
  return shift === undefined ? warped(work, raster, request) : copied(work, raster, { request, shift });
}

const GRID_TOLERANCE = 1e-3;

/** Column and row of the raster where the coverage begins, if their cells are the same. */
function gridShift({ header }: OpenRaster, { crs, bbox, width, height }: TargetFrame): [number, number] | undefined {
  const [a, b, c, d, e, f] = header.pixelToCrs;
  if (b !== 0 || d !== 0 || a <= 0 || e >= 0) return undefined;
  if (definitionOf(crs).proj !== definitionOf(header.crs).proj) return undefined;
  const left = (bbox[0] - c) / a;
  const top = (bbox[3] - f) / e;
  const off = [left, top, (bbox[2] - c) / a - left - width, (bbox[1] - f) / e - top - height];
  if (off.some((value) => Math.abs(value - Math.round(value)) > GRID_TOLERANCE)) return undefined;
  return Math.round(off[2]!) === 0 && Math.round(off[3]!) === 0 ? [Math.round(left), Math.round(top)] : undefined;
}

/** The samples themselves: what has no data in the raster has its value there too. */
async function copied(
  { loader, budget, signal }: SampleWork,
  raster: OpenRaster,
  { request, shift }: { request: StripRequest; shift: readonly [number, number] },
): Promise<SampleStrip> {
  const { bands, target, rows, sampleType, fill } = request;
  const level = raster.header.levels[0]!;
  const samples = allocateSamples(sampleType, target.width * rows.count * bands.length).fill(fill);
  const [left, top] = [Math.max(0, shift[0]), Math.max(0, shift[1] + rows.from)];
  const width = Math.min(level.width, shift[0] + target.width) - left;
  const height = Math.min(level.height, shift[1] + rows.from + rows.count) - top;
  if (width <= 0 || height <= 0) return { samples };
  const frame = { left: shift[0], top: shift[1] + rows.from, width: target.width, height: rows.count };
  const inside = { left, top, width, height };
  const places = blocksOf(level, inside, bands);
  const shape = { width: level.blockWidth, height: level.blockHeight, bands: level.planar ? 1 : level.bands };
  budget.bytes -= places.length * blockMemory(level, shape);
  if (budget.bytes < 0) throw new TooLargeError('The coverage needs more samples at once than one request may use');
  const part = isWithin(inside, frame)
    ? samples
    : allocateSamples(sampleType, width * height * bands.length).fill(fill);
  const take = takeInto(level, inside, { values: part as BlockSamples, opacity: undefined, alpha: undefined, bands });
  await loader.load({ raster, level, name: '0', places }, take, signal);
  if (part !== samples) place(part, samples, { inside, frame, bands: bands.length });
  return { samples };
}

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function isWithin(inside: Frame, frame: Frame): boolean {
  return inside.width === frame.width && inside.height === frame.height;
}

function place(part: Samples, samples: Samples, at: { inside: Frame; frame: Frame; bands: number }): void {
  const { inside, frame, bands } = at;
  for (let y = 0; y < inside.height; y++) {
    const row = part.subarray(y * inside.width * bands, (y + 1) * inside.width * bands);
    const to = ((inside.top - frame.top + y) * frame.width + inside.left - frame.left) * bands;
    samples.set(row, to);
  }
}

async function warped(work: SampleWork, raster: OpenRaster, request: StripRequest): Promise<SampleStrip> {
  const { bands, target, rows, sampleType, fill } = request;
  const sheet = new SampleSheet({ width: target.width, rows, bands: bands.length, sampleType, fill });
  const isIndexed = raster.header.palette !== undefined;
  const drawing: Drawing = {
    ...work,
    canvas: sheet,
    target,
    rows,
    resampling: isIndexed ? 'nearest' : request.resampling,
  };
  // The stretch says nothing here: samples are taken before they become colours.
  await drawSource(drawing, raster, { bands, stretch: bands.map(() => ({ min: 0, max: 255 })) });
  return { samples: sheet.samples };
}
