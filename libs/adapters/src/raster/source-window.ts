import type { BlockSamples } from './block-decode.js';
import type { BlockLoader, BlockPlace } from './block-loader.js';
import { hideNodata } from './nodata-mask.js';
import type { OpenRaster } from './open-raster.js';
import type { BlockShape, RasterLevel } from './raster-level.js';
import type { ScratchMemory, WindowSamples } from './scratch-memory.js';

/** A rectangle of one level in memory: the drawn bands pixel-interleaved, and opacity 0-255 where not everything is opaque. */
export interface SourceWindow {
  /** Column and row of the level where the window begins. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly values: WindowSamples;
  readonly opacity: Uint8Array | undefined;
}

/** What is wanted of a level: a rectangle within it, bands in drawing order, the value that is no data. */
export interface WindowRequest {
  readonly raster: OpenRaster;
  readonly levelIndex: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly bands: readonly number[];
  readonly nodata: number | undefined;
}

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where the samples of one band go. */
interface Target extends Frame {
  readonly values: BlockSamples;
  readonly stride: number;
  readonly scale: number;
}

/** Gathers blocks into a window. Never-written blocks are no data where the raster has a no-data value, else 0, as in GDAL. */
export async function gatherWindow(
  { loader, scratch }: { readonly loader: BlockLoader; readonly scratch: ScratchMemory },
  request: WindowRequest,
  signal?: AbortSignal,
): Promise<SourceWindow> {
  const { raster, levelIndex, left, top, width, height, bands } = request;
  const level = raster.header.levels[levelIndex]!;
  const alpha = hiddenAlpha(raster.header.alpha, bands);
  const nodata = request.nodata === undefined ? undefined : Math.fround(request.nodata);
  const fill = nodata ?? 0;
  const length = width * height * bands.length;
  const isPicture = bands.length === 3 && areBytes(level) && isByte(fill);
  const values = isPicture ? scratch.bytes(length, fill) : scratch.floats(length, fill);
  const alphaOpacity = alpha === undefined ? undefined : new Uint8Array(width * height);
  const places = blocksOf(level, request, alpha === undefined ? bands : [...bands, alpha]);
  const take = takeInto(level, request, { values, opacity: alphaOpacity, alpha, bands });
  await loader.load({ raster, level, name: String(levelIndex), places }, take, signal);
  const opacity = alphaOpacity ?? (await gatherMask(loader, request, signal));
  return {
    left,
    top,
    width,
    height,
    bands: bands.length,
    values,
    opacity: hideNodata({ values, bands: bands.length, nodata }, opacity),
  };
}

function areBytes({ sampleType, bits }: RasterLevel): boolean {
  return sampleType === 'uint8' && bits === 8;
}

function isByte(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 255;
}

function hiddenAlpha(alpha: number | undefined, bands: readonly number[]): number | undefined {
  return alpha === undefined || bands.includes(alpha) ? undefined : alpha;
}

/** Opacity from the mask image of the level: any value but 0 is opaque (TIFF 6.0 §NewSubfileType, bit 2). */
async function gatherMask(
  loader: BlockLoader,
  request: WindowRequest,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | undefined> {
  const { raster, levelIndex, width, height } = request;
  const mask = raster.header.masks[levelIndex];
  if (mask === undefined) return undefined;
  const values = new Uint8Array(width * height);
  const places = blocksOf(mask, request, [0]);
  const take = takeInto(mask, request, { values, opacity: undefined, alpha: undefined, bands: [0] });
  await loader.load({ raster, level: mask, name: `${levelIndex}m`, places }, take, signal);
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) values[i] = 255;
  return values;
}

interface Copy {
  readonly values: BlockSamples;
  readonly opacity: Uint8Array | undefined;
  readonly alpha: number | undefined;
  readonly bands: readonly number[];
}

/** Blocks of a level that a frame touches; with bands apart, those of each band. */
export function blocksOf(level: RasterLevel, frame: Frame, bands: readonly number[]): BlockPlace[] {
  const { blockWidth, blockHeight } = level;
  const places: BlockPlace[] = [];
  const lastRow = Math.floor((frame.top + frame.height - 1) / blockHeight);
  const lastColumn = Math.floor((frame.left + frame.width - 1) / blockWidth);
  for (const band of level.planar ? new Set(bands) : [0]) {
    for (let row = Math.floor(frame.top / blockHeight); row <= lastRow; row++) {
      for (let column = Math.floor(frame.left / blockWidth); column <= lastColumn; column++) {
        places.push({ column, row, band });
      }
    }
  }
  return places;
}

/** Copies blocks into a frame, band by band in the order wanted; blocks never written leave it as it is. */
export function takeInto(level: RasterLevel, frame: Frame, { values, opacity, alpha, bands }: Copy) {
  const alphaScale = level.bits === 8 ? 1 : 255 / (2 ** Math.min(level.bits, 32) - 1);
  return (place: BlockPlace, samples: BlockSamples | undefined, shape: BlockShape): void => {
    if (samples === undefined) return;
    const part = overlap(level, frame, place);
    if (!level.planar && alpha === undefined && isIdentity(bands, shape.bands)) {
      return copyRows(samples, { ...part, values, stride: shape.bands, scale: 1 }, { shape, frame });
    }
    bands.forEach((band, index) => {
      if (level.planar && band !== place.band) return;
      const target = { ...part, values: values.subarray(index), stride: bands.length, scale: 1 };
      copyBand(samples, target, { shape, frame, band: level.planar ? 0 : band });
    });
    if (opacity === undefined || alpha === undefined || (level.planar && alpha !== place.band)) return;
    const target = { ...part, values: opacity, stride: 1, scale: alphaScale };
    copyBand(samples, target, { shape, frame, band: level.planar ? 0 : alpha });
  };
}

function isIdentity(bands: readonly number[], all: number): boolean {
  return bands.length === all && bands.every((band, index) => band === index);
}

/** The part of a block inside a frame, in pixels of the block, and where it begins in the frame. */
function overlap(
  level: RasterLevel,
  frame: Frame,
  { column, row }: BlockPlace,
): Frame & { toLeft: number; toTop: number } {
  const [x, y] = [column * level.blockWidth, row * level.blockHeight];
  const left = Math.max(frame.left, x);
  const top = Math.max(frame.top, y);
  return {
    left: left - x,
    top: top - y,
    width: Math.min(frame.left + frame.width, x + level.blockWidth) - left,
    height: Math.min(frame.top + frame.height, y + level.blockHeight) - top,
    toLeft: left - frame.left,
    toTop: top - frame.top,
  };
}

type Part = Target & { readonly toLeft: number; readonly toTop: number };

function copyRows(samples: BlockSamples, part: Part, { shape, frame }: { shape: BlockShape; frame: Frame }): void {
  const { stride } = part;
  for (let y = 0; y < part.height; y++) {
    const from = ((part.top + y) * shape.width + part.left) * stride;
    const to = ((part.toTop + y) * frame.width + part.toLeft) * stride;
    part.values.set(samples.subarray(from, from + part.width * stride), to);
  }
}

function copyBand(
  samples: BlockSamples,
  part: Part,
  { shape, frame, band }: { shape: BlockShape; frame: Frame; band: number },
): void {
  const { values, stride, scale } = part;
  for (let y = 0; y < part.height; y++) {
    let from = ((part.top + y) * shape.width + part.left) * shape.bands + band;
    let to = ((part.toTop + y) * frame.width + part.toLeft) * stride;
    for (let x = 0; x < part.width; x++, from += shape.bands, to += stride) {
      // Opacity is rounded up: what is not quite transparent stays visible.
      values[to] = scale === 1 ? samples[from]! : Math.ceil(samples[from]! * scale);
    }
  }
}
