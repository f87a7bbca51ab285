import sharp, { type Sharp } from 'sharp';
import type { ImageFormat, Picture, PixelDepth } from '#domain/ports/raster-engine.js';
import { encodeMapTiff } from './map-tiff.js';
import { encodePalettePng } from './palette-png.js';
import { encodePng } from './png-file.js';
import { ScratchMemory } from './scratch-memory.js';

/** JPEG and WebP quality where none is asked for. */
export const DEFAULT_QUALITY = 80;

/** How a picture becomes a file. */
export interface EncodeOptions {
  readonly format: ImageFormat;
  /** Of a PNG; absent: as many bits as the picture needs. */
  readonly depth?: PixelDepth;
  readonly transparent: boolean;
  /** 0xRRGGBB. */
  readonly background: number;
  readonly quality: number;
  /** Whether red, green and blue are the same everywhere. */
  readonly grey: boolean;
  /** Where the picture lies, for a TIFF: outer edges in x/y order of `crs`. */
  readonly crs: string;
  readonly bbox: readonly [minX: number, minY: number, maxX: number, maxY: number];
}

/** Writes a picture as PNG, JPEG, WebP or GeoTIFF; with an alpha channel only where something is transparent, with one colour band where all are the same. Paints the background into the picture where transparency is not kept. */
export async function encodeImage(
  picture: Picture,
  options: EncodeOptions,
  scratch = new ScratchMemory(),
): Promise<Uint8Array<ArrayBuffer>> {
  const { channels, grey } = channelsOf(picture, options);
  const { width, height, pixels } = picture;
  const { format, quality, crs, bbox } = options;
  // Memory of its own, so that it can be handed to another thread.
  if (format === 'image/png') {
    const png = options.depth === 8 ? encodePalettePng(picture) : encodePng(picture, channels, scratch);
    return new Uint8Array(await png);
  }
  const data = pick(pixels, channels, scratch);
  if (format === 'image/tiff') {
    return new Uint8Array(await encodeMapTiff({ width, height, bands: channels.length, crs, bbox }, data));
  }
  const raw = { width, height, channels: channels.length as 1 | 2 | 3 | 4 };
  const image = sharp(data, { raw, limitInputPixels: false });
  const bytes = await toFile(grey ? image.toColourspace('b-w') : image, format, quality).toBuffer();
  if (data !== pixels) scratch.give(data);
  return new Uint8Array(bytes);
}

/** Paints the background where transparency is not kept, and says which channels the file needs. */
function channelsOf({ pixels }: Picture, options: EncodeOptions): { channels: number[]; grey: boolean } {
  const keepAlpha = keepsAlpha(options);
  const opaque = isOpaque(pixels);
  if (!opaque && !keepAlpha) flatten(pixels, options.background);
  const fixed = fixedChannels(options);
  if (fixed) return { channels: fixed, grey: false };
  const grey = options.grey && (opaque || keepAlpha || isGrey(options.background));
  const colours = grey ? [0] : COLOURS;
  return { channels: opaque || !keepAlpha ? colours : [...colours, ALPHA], grey };
}

const COLOURS = [0, 1, 2];
const ALPHA = 3;
const CHANNELS_OF_DEPTH = new Map<number, number[]>([
  [24, COLOURS],
  [32, [...COLOURS, ALPHA]],
]);

/** A PNG of 24 or 32 bits has these whatever is in the picture. */
function fixedChannels({ format, depth }: EncodeOptions): number[] | undefined {
  return format === 'image/png' && depth !== undefined ? CHANNELS_OF_DEPTH.get(depth) : undefined;
}

function keepsAlpha({ transparent, format, depth }: EncodeOptions): boolean {
  return transparent && format !== 'image/jpeg' && !(format === 'image/png' && depth === 24);
}

/** A JPEG with the tables of ITU-T T.81 Annex K: tables of its own make it up to a fifth smaller where it is smooth, and cost a second pass, up to a third of the time. */
function toFile(image: Sharp, format: 'image/jpeg' | 'image/webp', quality: number): Sharp {
  return format === 'image/jpeg' ? image.jpeg({ quality, optimiseCoding: false }) : image.webp({ quality, effort: 1 });
}

function isOpaque(pixels: Uint8Array): boolean {
  for (let at = 3; at < pixels.length; at += 4) if (pixels[at]! < 255) return false;
  return true;
}

const bytesOf = (colour: number): [number, number, number] => [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255];

function isGrey(colour: number): boolean {
  const [red, green, blue] = bytesOf(colour);
  return red === green && green === blue;
}

/** Leaves a picture without transparency. */
function flatten(pixels: Uint8Array, background: number): void {
  const behind = bytesOf(background);
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3]!;
    if (alpha === 255) continue;
    for (let band = 0; band < 3; band++) {
      pixels[at + band] = Math.round((pixels[at + band]! * alpha + behind[band]! * (255 - alpha)) / 255);
    }
    pixels[at + 3] = 255;
  }
}

function pick(
  pixels: Uint8Array<ArrayBuffer>,
  channels: readonly number[],
  scratch: ScratchMemory,
): Uint8Array<ArrayBuffer> {
  if (channels.length === 4) return pixels;
  const out = scratch.bytes((pixels.length / 4) * channels.length, 0);
  if (channels.length === 3) return pickColours(pixels, out);
  let to = 0;
  for (let at = 0; at < pixels.length; at += 4) for (const channel of channels) out[to++] = pixels[at + channel]!;
  return out;
}

function pickColours(pixels: Uint8Array, out: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  for (let at = 0, to = 0; at < pixels.length; at += 4, to += 3) {
    out[to] = pixels[at]!;
    out[to + 1] = pixels[at + 1]!;
    out[to + 2] = pixels[at + 2]!;
  }
  return out;
}

/** Red, green and blue of a picture; black where little or nothing was painted, and nowhere else. */
export function mosaicSamples({ pixels }: Picture): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array((pixels.length / 4) * 3);
  for (let at = 0, to = 0; at < pixels.length; at += 4, to += 3) {
    if (pixels[at + 3]! < 128) continue;
    out[to] = Math.max(1, pixels[at]!);
    out[to + 1] = Math.max(1, pixels[at + 1]!);
    out[to + 2] = Math.max(1, pixels[at + 2]!);
  }
  return out;
}
