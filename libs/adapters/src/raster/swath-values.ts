import { InvalidError } from '#domain/errors.js';
import type { BrowsePlan, SolarReference, SwathValues } from '#domain/ports/browse-maker.js';
import type { BrowseSettings } from './browse-drawing.js';
import { readSwathVariable, swathGrid, type SwathSamples } from './browse-swath.js';
import type { CogSpec } from './cog-spec.js';
import { NetcdfFile } from './netcdf-file.js';
import type { SwathGrid } from './swath.js';
import { TiePoints } from './tie-points.js';

const STRIP_ROWS = 256;
const RADIANS = Math.PI / 180;

/** A variable on the grid of its swath: how its COG is written, and its rows. */
export interface GriddedVariable {
  readonly spec: CogSpec;
  readonly strips: AsyncIterable<Float32Array>;
}

/** Puts variables of one swath on its grid, each cell the nearest pixel's value as it stands in the file; one variable in memory at a time. */
export class SwathGridder {
  private grid: SwathGrid | undefined;

  constructor(
    private readonly plan: Extract<BrowsePlan, { kind: 'swath' }>,
    private readonly settings: BrowseSettings,
  ) {}

  /** Throws InvalidError where the variable, or what it is divided or judged by, cannot be read. */
  async variable(wanted: SwathValues): Promise<GriddedVariable> {
    const { signal } = this.settings;
    const values = await readSwathVariable(wanted, signal);
    this.grid ??= await swathGrid({ ...this.plan, variable: wanted.variable }, values, this.settings);
    if (wanted.reflectance !== undefined) await toReflectance(values, wanted.reflectance, signal);
    if (wanted.quality !== undefined) {
      const quality = sameShape(values, await readSwathVariable(wanted.quality, signal), wanted.quality.variable);
      hidePoor(values.samples, quality.samples, wanted.quality.least);
    }
    const { width, height, origin, pixelSize } = this.grid;
    const place = { width, height, origin, pixelSize, crs: 'CRS:84' };
    return {
      spec: { ...place, bands: 1, sampleType: 'float32', nodata: Number.NaN },
      strips: strips(this.grid, values.samples, signal),
    };
  }
}

async function* strips(
  { width, height, source }: SwathGrid,
  samples: Float32Array,
  signal: AbortSignal | undefined,
): AsyncGenerator<Float32Array> {
  for (let top = 0; top < height; top += STRIP_ROWS) {
    signal?.throwIfAborted();
    const cells = source.subarray(top * width, Math.min(height, top + STRIP_ROWS) * width);
    yield Float32Array.from(cells, (cell) => (cell > 0 ? samples[cell - 1]! : Number.NaN));
  }
}

function sameShape(values: SwathSamples, other: SwathSamples, name: string): SwathSamples {
  if (other.columns === values.columns && other.rows === values.rows) return other;
  throw new InvalidError(
    `${name} has ${other.rows} x ${other.columns} pixels, not ${values.rows} x ${values.columns}`,
    { subject: name },
  );
}

function hidePoor(samples: Float32Array, quality: Float32Array, least: number): void {
  // Scale factors make 0.7499999 of 0.75.
  const bound = least - 1e-6;
  for (let i = 0; i < samples.length; i++) if (!(quality[i]! >= bound)) samples[i] = Number.NaN;
}

/** Reflectance at the top of the atmosphere: π L / (E cos θ), E of the pixel's detector, θ the sun's zenith angle. In place. */
async function toReflectance(values: SwathSamples, by: SolarReference, signal: AbortSignal | undefined): Promise<void> {
  const irradiance = await irradianceOf(by);
  const detectors = sameShape(values, await readSwathVariable(by.detector, signal), by.detector.variable);
  const angles = await TiePoints.read(by.zenith, values);
  const { columns, rows, samples } = values;
  const zenith = new Float64Array(columns);
  for (let row = 0, at = 0; row < rows; row++) {
    angles.row(row, zenith);
    for (let column = 0; column < columns; column++, at++) {
      const sun = (irradiance[detectors.samples[at]!] ?? Number.NaN) * Math.cos(zenith[column]! * RADIANS);
      samples[at] = sun > 0 ? (Math.PI * samples[at]!) / sun : Number.NaN;
    }
  }
}

/** The row of the band, by detector. */
async function irradianceOf({ irradiance, band }: SolarReference): Promise<Float64Array> {
  const file = await NetcdfFile.open(irradiance.file);
  try {
    const { shape, values } = file.read(irradiance.variable);
    const detectors = shape[1] ?? 0;
    if (shape.length !== 2 || band >= shape[0]! || detectors === 0)
      throw new InvalidError(`${irradiance.variable} has no row ${band}: its shape is ${shape.join(' x ')}`, {
        subject: irradiance.variable,
      });
    return values.subarray(band * detectors, (band + 1) * detectors);
  } finally {
    file.close();
  }
}
