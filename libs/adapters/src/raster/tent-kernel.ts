import { LANES, PLACES, tapsOf, tentWeights, wholeWeights } from './tent-tables.js';
import { TENT_KERNEL_CODE } from './tent-kernel-code.js';
import { isWide, type Span } from './resample-row.js';
import type { SourceWindow } from './source-window.js';
import { CELL_SIDE } from './warp-grid.js';

/** A tent over pixels of the source: its radii, and where its weights stand. */
export interface Tent {
  readonly radiusU: number;
  readonly radiusV: number;
  /** Indexes of the tables for both. */
  readonly across: number;
  readonly down: number;
}

/** A run of target pixels: the position of the first within the window, and the step to the next. */
export interface TentRun {
  readonly count: number;
  readonly u: number;
  readonly v: number;
  readonly du: number;
  readonly dv: number;
}

/** What tent-kernel.wat exports. */
interface Code {
  readonly memory: WebAssembly.Memory;
  readonly colours: Run;
  readonly samples: Run;
}

/** Source, stride, out, count, u, v, du, dv, and the tables: across, down, rows. */
type Run = (...numbers: readonly number[]) => void;

/** Positions are 16.16 fixed point: the longest side of a window. */
export const MOST_SIDE = 32_000;
/** Radii told apart, from 1 to 2. */
const RADII = 128;
const FIXED = 65_536;

/** Bytes of the tables of one radius, one after the other. */
const ACROSS_COLOURS = PLACES * LANES * 8;
const ACROSS_SAMPLES = PLACES * LANES * 4;
const DOWN = PLACES * LANES * 4;
const TABLE = ACROSS_COLOURS + ACROSS_SAMPLES + 2 * DOWN;
const OUT = (RADII + 1) * TABLE;
const SOURCE = OUT + CELL_SIDE * CELL_SIDE * 4;
/** Four pixels are read at once, also at the end. */
const PADDING = 64;
const PAGE = 65_536;

/** Resamples runs of pixels four at a time (WebAssembly SIMD): what `bilinearRow` gives, to two levels of bytes or three thousandths of their range (positions to a thousandth of a pixel), for kernels within the window where everything has data. */
export class TentKernel {
  readonly #code: Code;
  readonly #tables = new Set<number>();
  #window: SourceWindow | undefined;
  #cell = { pixels: new Uint32Array(0), samples: new Float32Array(0) };

  constructor() {
    const module = new WebAssembly.Module(Buffer.from(TENT_KERNEL_CODE, 'base64'));
    this.#code = new WebAssembly.Instance(module).exports as unknown as Code;
    this.#reserve(SOURCE);
  }

  /** The tent for steps over the source; undefined where it is wider than four of its pixels. */
  tent(step: Pick<Span, 'strideU' | 'strideV'>): Tent | undefined {
    const [across, down] = isWide(step) ? [radiusIndex(step.strideU), radiusIndex(step.strideV)] : [0, 0];
    if (across > RADII || down > RADII) return undefined;
    this.#prepare(across);
    this.#prepare(down);
    return { radiusU: 1 + across / RADII, radiusV: 1 + down / RADII, across, down };
  }

  /** Takes a window to draw from, until the next. */
  load(window: SourceWindow): void {
    const { values } = window;
    this.#reserve(SOURCE + values.byteLength + PADDING);
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    new Uint8Array(this.#code.memory.buffer, SOURCE).set(bytes);
    this.#window = window;
  }

  /** Draws a run of red, green, blue and 255 over a window of three bands of bytes, as the row of a cell. */
  colours(run: TentRun, tent: Tent, row: number): void {
    this.#run(this.#code.colours, run, { tent, row, pixel: 3, across: 0, down: ACROSS_COLOURS + ACROSS_SAMPLES });
  }

  /** Draws a run of samples over a window of one band of floats, as the row of a cell. */
  samples(run: TentRun, tent: Tent, row: number): void {
    this.#run(this.#code.samples, run, { tent, row, pixel: 4, across: ACROSS_COLOURS, down: TABLE - DOWN });
  }

  /** The rows drawn, each as long as a cell can be; until a window is loaded. */
  get cell(): { readonly pixels: Uint32Array; readonly samples: Float32Array } {
    const { buffer } = this.#code.memory;
    if (this.#cell.pixels.buffer !== buffer) {
      const length = CELL_SIDE * CELL_SIDE;
      this.#cell = { pixels: new Uint32Array(buffer, OUT, length), samples: new Float32Array(buffer, OUT, length) };
    }
    return this.#cell;
  }

  #run(
    code: Run,
    { count, u, v, du, dv }: TentRun,
    { tent, row, pixel, across, down }: { tent: Tent; row: number; pixel: number; across: number; down: number },
  ): void {
    const [left, top] = [(u - 0.5 - tent.radiusU) * FIXED, (v - 0.5 - tent.radiusV) * FIXED];
    const out = OUT + row * CELL_SIDE * 4;
    const stride = this.#window!.width * pixel;
    const [tableU, tableV] = [tent.across * TABLE + across, tent.down * TABLE + down];
    code(SOURCE, stride, out, count, Math.round(left), Math.round(top), Math.round(du * FIXED), Math.round(dv * FIXED), tableU, tableV, tapsOf(tent.radiusV)); // prettier-ignore
  }

  #reserve(bytes: number): void {
    const { memory } = this.#code;
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  }

  #prepare(index: number): void {
    if (this.#tables.has(index)) return;
    this.#tables.add(index);
    const radius = 1 + index / RADII;
    const at = index * TABLE;
    const { buffer } = this.#code.memory;
    const acrossColours = new Int16Array(buffer, at, PLACES * LANES * 4);
    const acrossSamples = new Float32Array(buffer, at + ACROSS_COLOURS, PLACES * LANES);
    const downColours = new Int32Array(buffer, at + ACROSS_COLOURS + ACROSS_SAMPLES, PLACES * LANES);
    const downSamples = new Float32Array(buffer, at + TABLE - DOWN, PLACES * LANES);
    for (let place = 0; place < PLACES; place++) {
      const [whole, exact] = [wholeWeights(radius, place), tentWeights(radius, place)];
      acrossColours.set(inLanes(whole), place * LANES * 4);
      acrossSamples.set(exact, place * LANES);
      downColours.set(whole, place * whole.length);
      downSamples.set(exact, place * exact.length);
    }
  }
}

function radiusIndex(stride: number): number {
  return Math.round((Math.max(1, stride) - 1) * RADII);
}

/** Weights of two neighbours for each of red, green and blue, and nothing; then of the next two. */
function inLanes([a = 0, b = 0, c = 0, d = 0]: readonly number[]): readonly number[] {
  return [a, b, a, b, a, b, 0, 0, c, d, c, d, c, d, 0, 0];
}
