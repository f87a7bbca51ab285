import { compileFormula } from '#adapters/raster/formula-painter.js';
import type { BandSource, SceneSource } from '#domain/ports/raster-engine.js';
import { channelsOf, type Formula } from '#domain/view/formula.js';
import { compileBandExpression, type RowKernel } from '#domain/view/compile-band-expression.js';
import { parseBandExpression } from '#domain/view/parse-band-expression.js';

/** Computes one row of channels from one row of each band; what it gives back is valid until it runs again. */
export type RowSampler = (bands: readonly Float32Array[], count: number) => SampledRow;

/** Channels of a row, and which pixels have values. */
export interface SampledRow {
  readonly channels: readonly Float64Array[];
  readonly visible: Uint8Array;
}

/** What is read of a scene, and how it becomes channels. */
export interface SceneSampler {
  readonly bands: readonly BandSource[];
  readonly channels: number;
  readonly row: RowSampler;
}

/** How a scene becomes channels: by `channels` (names or expressions), else by what its colours are made of: red, green, blue or grey as numbers, ramps and classes as colours of 0 to 1. */
export function sceneSampler(
  source: SceneSource,
  channels: readonly string[] | undefined,
  width: number,
): SceneSampler {
  if ('style' in source) return pictureSampler(source, width);
  const names = Object.keys(source.bands);
  const rows = new Map(names.map((name) => [name, new Float64Array(width)]));
  const compute = channels === undefined && isPainted(source.formula) ? painted : computed;
  const kernel = compute(source.formula, { rows, width, channels });
  const inputs = [...rows.values()];
  return {
    bands: names.map((name) => source.bands[name]!),
    channels: kernel.channels,
    row: (bands, count) => {
      bands.forEach((band, index) => inputs[index]!.set(band.subarray(0, count)));
      const row = kernel.run(count);
      for (const band of bands) for (let i = 0; i < count; i++) if (band[i] !== band[i]) row.visible[i] = 0;
      return row;
    },
  };
}

function isPainted({ colouring }: Formula): boolean {
  return colouring.kind === 'ramp' || colouring.kind === 'classes';
}

interface Kernel {
  readonly channels: number;
  readonly run: (count: number) => SampledRow;
}

interface KernelInput {
  readonly rows: ReadonlyMap<string, Float64Array>;
  readonly width: number;
  readonly channels: readonly string[] | undefined;
}

function computed(formula: Formula, { rows, width, channels = channelsOf(formula.colouring) }: KernelInput): Kernel {
  const all = new Map(rows);
  const compile = (text: string): RowKernel => compileBandExpression(parseBandExpression(text), all, width);
  const variables = (formula.variables ?? []).map(({ name, value }) => {
    const kernel = compile(value);
    const row = new Float64Array(width);
    all.set(name, row);
    return { kernel, row };
  });
  const kernels = channels.map(compile);
  const visible = new Uint8Array(width);
  return {
    channels: channels.length,
    run: (count) => {
      for (const one of variables) one.row.set(one.kernel(count).subarray(0, count));
      const values = kernels.map((kernel) => kernel(count));
      visible.fill(1, 0, count);
      for (const row of values) for (let i = 0; i < count; i++) if (row[i] !== row[i]) visible[i] = 0;
      return { channels: values, visible };
    },
  };
}

function painted(formula: Formula, { rows, width }: KernelInput): Kernel {
  const paint = compileFormula(formula, rows, width);
  const channels = [0, 1, 2].map(() => new Float64Array(width));
  return {
    channels: 3,
    run: (count) => {
      const { colours, visible } = paint(count);
      for (let i = 0; i < count; i++) {
        for (let band = 0; band < 3; band++) channels[band]![i] = colours[i * 3 + band]! / 255;
      }
      return { channels, visible };
    },
  };
}

/** A browse picture has 8 bits; they are the same colours as numbers of 0 to 1. */
function pictureSampler(
  { source, style }: Extract<SceneSource, { readonly style: unknown }>,
  width: number,
): SceneSampler {
  const channels = style.bands.map(() => new Float64Array(width));
  const visible = new Uint8Array(width);
  return {
    bands: style.bands.map((band) => ({ source, band })),
    channels: channels.length,
    row: (bands, count) => {
      visible.fill(1, 0, count);
      bands.forEach((band, index) => {
        for (let i = 0; i < count; i++) {
          if (band[i] !== band[i]) visible[i] = 0;
          channels[index]![i] = band[i]! / 255;
        }
      });
      return { channels, visible };
    },
  };
}
