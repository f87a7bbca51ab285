import type { BrowsePlan, SwathVariable } from '#domain/ports/browse-maker.js';
import { InvalidError } from '#domain/errors.js';
import type { BrowseSettings, Drawing } from './browse-drawing.js';
import { NetcdfFile, type NetcdfRange } from './netcdf-file.js';
import { drawGrid, percentileRange, stretchValues } from './swath-drawing.js';
import { gridSwath } from './swath-grid.js';

/** Samples of each variable kept; larger swaths are read with a stride. */
const MAX_SAMPLES = 16e6;
/** Rows read at once. */
const READ_ROWS = 256;

/** Grids a swath variable to CRS:84 in grey, over the plan's range or its 2nd to 98th percentile. */
export async function drawSwath(
  plan: Extract<BrowsePlan, { kind: 'swath' }>,
  settings: BrowseSettings,
): Promise<Drawing> {
  const values = await readSwathVariable(plan, settings.signal);
  const latitude = await readSwathVariable(plan.latitude, settings.signal);
  const longitude = await readSwathVariable(plan.longitude, settings.signal);
  for (const other of [latitude, longitude]) {
    if (other.columns !== values.columns || other.rows !== values.rows) {
      throw new InvalidError(
        `${plan.variable} has ${values.rows} x ${values.columns} pixels but ${other.rows} x ${other.columns} positions`,
      );
    }
  }
  const range = plan.range ?? percentileRange(values.samples);
  const grid = gridSwath({ ...values, latitude: latitude.samples, longitude: longitude.samples }, settings.maxSide);
  return drawGrid(grid, { bands: 1, samples: stretchValues(values.samples, range) });
}

interface SwathSamples {
  readonly columns: number;
  readonly rows: number;
  readonly samples: Float32Array;
}

async function readSwathVariable({ file: path, variable }: SwathVariable, signal?: AbortSignal): Promise<SwathSamples> {
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
    return { columns, rows, samples };
  } finally {
    file.close();
  }
}
