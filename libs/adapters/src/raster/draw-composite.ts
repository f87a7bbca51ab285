import { setImmediate } from 'node:timers/promises';
import { TooLargeError } from '#domain/errors.js';
import type { BandSource, CompositeSource } from '#domain/ports/raster-engine.js';
import type { Formula } from '#domain/view/formula.js';
import { scaleOf, type BandScale } from './band-scale.js';
import type { Canvas } from './canvas.js';
import { drawSource, type Drawing } from './draw-source.js';
import { compileFormula } from './formula-painter.js';
import type { OpenRaster } from './open-raster.js';
import { aboutRaster } from './raster-fault.js';
import { SamplePlane } from './sample-plane.js';

/** Bytes of one sample and its opacity. */
const SAMPLE_BYTES = 5;

/** A band and its raster, opened. */
export interface OpenBand {
  readonly band: BandSource;
  readonly raster: OpenRaster;
}

/** A drawing whose surface is the image itself. */
export type ImageDrawing = Drawing & { readonly canvas: Canvas };

/** Draws bands together under what the canvas holds; true where any of it can be seen. Every band is brought to the image's grid first, whatever its own. */
export async function drawComposite(
  drawing: ImageDrawing,
  open: ReadonlyMap<string, OpenBand>,
  { formula }: CompositeSource,
): Promise<boolean> {
  const planes = await readPlanes(drawing, [...open.values()], drawing.canvas);
  const names = [...open.keys()];
  if (planes.some((plane) => !plane.seen)) return false;
  return paint(drawing, formula, new Map(planes.map((plane, index) => [names[index]!, plane])));
}

/** A band on the image's grid. */
export interface ReadPlane extends BandScale {
  readonly plane: SamplePlane;
  readonly seen: boolean;
}

/** Reads bands onto the image's grid; `cover` tells what need not be read. Throws TooLargeError where that exceeds the budget. */
export async function readPlanes(
  drawing: Drawing,
  open: readonly OpenBand[],
  cover?: Canvas,
): Promise<readonly ReadPlane[]> {
  const { width, height } = drawing.target;
  const bytes = width * height * SAMPLE_BYTES * open.length;
  if (bytes > drawing.budget.bytes) {
    throw new TooLargeError(`An image of ${width} x ${height} pixels from ${open.length} bands needs too much memory`);
  }
  drawing.budget.bytes -= bytes;
  // All are waited for, so that none goes on reading for an image given up.
  const planes = await Promise.allSettled(
    open.map((one) => readPlane(drawing, one, new SamplePlane(width, height, cover))),
  );
  drawing.budget.bytes += bytes;
  return planes.map((plane) => {
    if (plane.status === 'rejected') throw plane.reason;
    return plane.value;
  });
}

async function readPlane(drawing: Drawing, { band, raster }: OpenBand, plane: SamplePlane): Promise<ReadPlane> {
  const resampling = band.isClass === true ? 'nearest' : drawing.resampling;
  const style = { bands: [band.band], ...(band.nodata !== undefined && { nodata: band.nodata }) };
  const read = (): Promise<boolean> => drawSource({ ...drawing, canvas: plane, resampling }, raster, style);
  return { ...scaleOf(band, raster.header.scales), plane, seen: await aboutRaster(band.source, read) };
}

/** Pixels after which others get their turn, and a client that left is heard of. */
const TURN = 1 << 18;

async function paint(
  { canvas, signal }: ImageDrawing,
  formula: Formula,
  planes: ReadonlyMap<string, ReadPlane>,
): Promise<boolean> {
  const { width, height } = canvas;
  const turn = Math.ceil(TURN / width);
  const rows = new Map([...planes.keys()].map((name) => [name, new Float64Array(width)]));
  const painter = compileFormula(formula, rows, width);
  const opacity = new Uint8Array(width);
  let seen = false;
  for (let y = 0; y < height; y++) {
    if (y > 0 && y % turn === 0) await setImmediate();
    signal?.throwIfAborted();
    opacity.fill(255);
    for (const [name, one] of planes) takeRow(one, y * width, { row: rows.get(name)!, opacity });
    if (opacity.every((value) => value === 0)) continue;
    const { colours, visible } = painter(width);
    for (let x = 0; x < width; x++) if (visible[x] === 0) opacity[x] = 0;
    seen = canvas.paintColours(y * width, colours, opacity) || seen;
  }
  return seen;
}

/** Values of a row as the formula wants them; the most transparent band decides how opaque a pixel is. */
function takeRow(
  { plane, scale, offset }: ReadPlane,
  at: number,
  { row, opacity }: { readonly row: Float64Array; readonly opacity: Uint8Array },
): void {
  for (let x = 0; x < row.length; x++) {
    row[x] = plane.values[at + x]! * scale + offset;
    if (plane.opacity[at + x]! < opacity[x]!) opacity[x] = plane.opacity[at + x]!;
  }
}
