import { InvalidError, TooLargeError } from '#domain/errors.js';
import {
  isPassingFault,
  type LeftOutSource,
  type RenderRequest,
  type RenderSource,
} from '#domain/ports/raster-engine.js';
import type { RasterSource } from '#domain/ports/raster-source.js';
import { bandsOfFormula } from '#domain/view/formula.js';
import type { Canvas } from './canvas.js';
import { drawComposite, type ImageDrawing } from './draw-composite.js';
import { drawSource } from './draw-source.js';
import type { OpenRaster } from './open-raster.js';
import { aboutRaster } from './raster-fault.js';
import { shadeFootprints } from './shade-footprints.js';

/** Opens a raster. Throws as the store does, and InvalidError with the raster's key as subject. */
export type OpenSource = (source: RasterSource) => Promise<OpenRaster>;

/** Sources drawn into one image. */
export interface DrawnSources {
  readonly canvas: Canvas;
  /** Indexes of the sources seen, ascending. */
  readonly drawn: readonly number[];
  readonly leftOut: readonly LeftOutSource[];
  /** Whether all that is seen is grey. */
  readonly grey: boolean;
}

/**
 * Draws the sources from the last, which lies on top, to the first, until nothing more can be seen. Where the request leaves out what cannot be read,
 * nothing of such a source is seen; faults of the request itself (its formula, too much of everything) are thrown whatever it says.
 */
export async function drawSources(
  begin: () => ImageDrawing,
  open: OpenSource,
  request: Pick<RenderRequest, 'sources' | 'leavesOut'>,
): Promise<DrawnSources> {
  const painter = new SourcePainter(open, request);
  for (;;) {
    const drawn = await painter.paint(begin());
    if (drawn !== 'spoilt') return drawn;
  }
}

interface Seen {
  readonly seen: boolean;
  readonly grey: boolean;
}

class SourcePainter {
  readonly #leftOut = new Map<number, LeftOutSource>();
  #tooLarge: TooLargeError | undefined;

  constructor(
    private readonly open: OpenSource,
    private readonly request: Pick<RenderRequest, 'sources' | 'leavesOut'>,
  ) {}

  /** `spoilt` where a source turned out unreadable after some of it had been painted: to be begun again, without it. */
  async paint(drawing: ImageDrawing): Promise<DrawnSources | 'spoilt'> {
    const { canvas, signal } = drawing;
    const drawn: number[] = [];
    let grey = true;
    for (const index of [...this.request.sources.keys()].toReversed()) {
      if (canvas.isCovered({ x: 0, y: 0, width: canvas.width, height: canvas.height })) break;
      signal?.throwIfAborted();
      const result = this.#leftOut.has(index) ? NOTHING : await this.#paintOne(drawing, index);
      if (result === 'spoilt') return result;
      if (!result.seen) continue;
      drawn.unshift(index);
      grey &&= result.grey;
    }
    // Better a reason than an empty picture.
    if (drawn.length === 0 && this.#tooLarge !== undefined) throw this.#tooLarge;
    return { canvas, drawn, leftOut: [...this.#leftOut.values()], grey };
  }

  async #paintOne(drawing: ImageDrawing, index: number): Promise<Seen | 'spoilt'> {
    const { canvas, signal } = drawing;
    const before = canvas.strokes;
    try {
      return await drawOne(drawing, this.open, this.request.sources[index]!);
    } catch (error) {
      signal?.throwIfAborted();
      if (this.request.leavesOut !== true || !isOfSource(error)) throw error;
      if (error instanceof TooLargeError) this.#tooLarge = error;
      this.#leftOut.set(index, { index, isPassing: isPassingFault(error), reason: String(error) });
      return canvas.strokes === before ? NOTHING : 'spoilt';
    }
  }
}

const NOTHING: Seen = { seen: false, grey: true };

/** Faults of the request that only show while drawing. */
const REQUEST_SUBJECTS: ReadonlySet<string | undefined> = new Set(['expression', 'ramp']);

/** Whether the fault is the source's: a raster that cannot be read or drawn so, rather than a request that cannot be met. */
function isOfSource(error: unknown): boolean {
  return !(error instanceof InvalidError && REQUEST_SUBJECTS.has(error.subject));
}

async function drawOne(drawing: ImageDrawing, open: OpenSource, one: RenderSource): Promise<Seen> {
  if ('footprints' in one) return { seen: shadeFootprints(drawing.canvas, drawing.target, one), grey: false };
  if ('style' in one) {
    const { source, style } = one;
    const raster = await open(source);
    const seen = await aboutRaster(source, () => drawSource(drawing, raster, style));
    const grey = style.bands.length === 1 && (raster.header.palette === undefined || style.stretch !== undefined);
    return { seen, grey };
  }
  const bands = await Promise.all(
    bandsOfFormula(one.formula).map(async (name) => {
      const band = one.bands[name]!;
      return [name, { band, raster: await open(band.source) }] as const;
    }),
  );
  const seen = await drawComposite(drawing, new Map(bands), one);
  return { seen, grey: one.formula.colouring.kind === 'grey' };
}
