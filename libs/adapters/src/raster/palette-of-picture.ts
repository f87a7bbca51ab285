import type { Picture } from '#domain/ports/raster-engine.js';
import { medianCut } from './median-cut.js';

/** A picture in at most 256 colours: three bytes each, and which one every pixel has; with transparency the first is it. */
export interface PalettePicture {
  readonly colours: Uint8Array;
  readonly indices: Uint8Array;
  readonly hasTransparency: boolean;
}

const MOST = 256;
/** A palette knows only all or nothing here: from half on a pixel is seen. */
const SEEN = 128;

/** Finds the colours: its own where they are few enough, which maps of classes, ramps and greys are; else those that stand for it best by median cut. */
export function paletteOf(picture: Picture): PalettePicture {
  const hasTransparency = isSeeThrough(picture.pixels);
  const first = hasTransparency ? 1 : 0;
  return ownColours(picture, first) ?? standingColours(picture, first);
}

function isSeeThrough(pixels: Uint8Array): boolean {
  for (let at = 3; at < pixels.length; at += 4) if (pixels[at]! < SEEN) return true;
  return false;
}

function ownColours({ pixels }: Picture, first: number): PalettePicture | undefined {
  const known = new Map<number, number>();
  const indices = new Uint8Array(pixels.length / 4);
  let last = { key: -1, index: 0 };
  for (let at = 0, to = 0; at < pixels.length; at += 4, to++) {
    if (pixels[at + 3]! < SEEN) continue;
    const key = (pixels[at]! << 16) | (pixels[at + 1]! << 8) | pixels[at + 2]!;
    if (key !== last.key) last = { key, index: known.get(key) ?? known.size + first };
    if (last.index >= MOST) return undefined;
    known.set(key, last.index);
    indices[to] = last.index;
  }
  return { colours: bytesOf([...known.keys()], first), indices, hasTransparency: first === 1 };
}

function standingColours({ pixels }: Picture, first: number): PalettePicture {
  const chosen = medianCut(pixels, SEEN, MOST - first);
  const indices = new Uint8Array(pixels.length / 4);
  for (let at = 0, to = 0; at < pixels.length; at += 4, to++) {
    if (pixels[at + 3]! >= SEEN) indices[to] = first + chosen.indexOf(pixels[at]!, pixels[at + 1]!, pixels[at + 2]!);
  }
  return { colours: bytesOf(chosen.colours, first), indices, hasTransparency: first === 1 };
}

function bytesOf(colours: readonly number[], first: number): Uint8Array {
  const bytes = new Uint8Array((colours.length + first) * 3);
  colours.forEach((colour, index) => {
    bytes.set([colour >> 16, (colour >> 8) & 255, colour & 255], (index + first) * 3);
  });
  return bytes;
}
