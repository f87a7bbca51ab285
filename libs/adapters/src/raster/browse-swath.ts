import type { BrowsePlan, SwathVariable } from '#domain/ports/browse-maker.js';
import { InvalidError } from '#domain/errors.js';
import type { BrowseSettings, Drawing } from './browse-drawing.js';
import { NetcdfFile, type NetcdfRange } from './netcdf-file.js';
import { drawGrid, percentileRange, stretchValues } from './swath-drawing.js';
import type { SwathGrid } from './swath.js';
import { gridSwath } from './swath-grid.js';

/** Samples of each variable kept: a frame of OLCI in full resolution; larger swaths are read with a stride. */
const MAX_SAMPLES = 24e6;
/** Rows read at once. */
const READ_ROWS = 256;

type SwathPlan = Extract<BrowsePlan, { kind: 'swath' }>;

/** Grids a swath variable to CRS:84 in grey, over the plan's range or its 2nd to 98th percentile. */
export async function drawSwath(plan: SwathPlan, settings: BrowseSettings): Promise<Drawing> {
  const values = await readSwathVariable(plan, settings.signal);
  const grid = await swathGrid(plan, values, settings);
  const range = plan.range ?? percentileRange(values.samples);
  return drawGrid(grid, { bands: 1, samples: stretchValues(values.samples, range) });
}

/** The grid of a swath's positions, which have the shape of `of`. Throws InvalidError where they have not. */
export async function swathGrid(
  plan: Pick<SwathPlan, 'variable' | 'latitude' | 'longitude'>,
  of: { readonly columns: number; readonly rows: number },
  settings: BrowseSettings,
): Promise<SwathGrid> {
  const latitude = await readSwathVariable(plan.latitude, settings.signal);
  const longitude = await readSwathVariable(plan.longitude, settings.signal);
  for (const other of [latitude, longitude]) {
    if (other.columns !== of.columns || other.rows !== of.rows) {
      throw new InvalidError(
        `${plan.variable} has ${of.rows} x ${of.columns} pixels but ${other.rows} x ${other.columns} positions`,
      );
    }
  }
  const { columns, rows } = of;
  return gridSwath({ columns, rows, latitude: latitude.samples, longitude: longitude.samples }, settings.maxSide);
}

/** Samples of a variable in acquisition geometry, NaN where there is none. */
export interface SwathSamples {
  readonly columns: number;
  readonly rows: number;
  /** Every so many samples of the file, which has so many. */
  readonly step: number;
  readonly width: number;
  readonly height: number;
  readonly samples: Float32Array;
}

/** Reads a variable of two dimensions (and any of size 1 before them), with a stride where it is very large. Throws InvalidError for others. */
export async function readSwathVariable(
  { file: path, variable }: SwathVariable,
  signal?: AbortSignal,
): Promise<SwathSamples> {
  const file = await NetcdfFile.open(path);
  try {
    const { shape } = file.variable(variable);
    const [height = 0, width = 0] = shape.slice(-2);
    const outer = shape.slice(0, -2);
    if (shape.length < 2 || outer.some((size) => size !== 1) || height < 2 || width < 2) {
      throw new InvalidError(`${variable} is no picture: its shape is ${shape.join(' x ') || 'a single value'}`, {
        subject: variable,
      });
    }
    const step = Math.ceil(Math.sqrt((width * height) / MAX_SAMPLES));
    const [columns, rows] = [Math.ceil(width / step), Math.ceil(height / step)];
    const samples = new Float32Array(columns * rows);
    const leading = outer.map((): NetcdfRange => [0, 1, 1]);
    for (let row = 0; row < rows; row += READ_ROWS) {
      signal?.throwIfAborted();
      const band: NetcdfRange = [row * step, Math.min(height, (row + READ_ROWS) * step), step];
      samples.set(file.read(variable, [...leading, band, [0, width, step]]).values, row * columns);
    }
    return { columns, rows, step, width, height, samples };
  } finally {
    file.close();
  }
}
