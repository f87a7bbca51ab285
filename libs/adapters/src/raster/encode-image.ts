import sharp, { type Sharp } from 'sharp';
import type { ImageFormat } from '#domain/ports/raster-engine.js';
import type { Canvas } from './canvas.js';

/** How a canvas becomes a file. */
export interface EncodeOptions {
  readonly format: ImageFormat;
  readonly transparent: boolean;
  /** 0xRRGGBB. */
  readonly background: number;
  readonly quality: number;
  /** Whether red, green and blue are the same everywhere. */
  readonly grey: boolean;
}

/** Writes a canvas as PNG, JPEG or WebP; with an alpha channel only where something is transparent, with one colour band where all are the same. */
export async function encodeImage(canvas: Canvas, options: EncodeOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { channels, grey } = channelsOf(canvas, options);
  const data = pick(canvas.pixels, channels);
  const { width, height } = canvas;
  const raw = { width, height, channels: channels.length as 1 | 2 | 3 | 4 };
  const image = sharp(data, { raw, limitInputPixels: false });
  const encoded = await toFile(grey ? image.toColourspace('b-w') : image, options).toBuffer();
  // Memory of its own, so that it can be handed to another thread.
  return new Uint8Array(encoded);
}

/** Paints the background where transparency is not kept, and says which channels the file needs. */
function channelsOf({ pixels }: Canvas, options: EncodeOptions): { channels: number[]; grey: boolean } {
  const keepAlpha = options.transparent && options.format !== 'image/jpeg';
  const opaque = isOpaque(pixels);
  if (!opaque && !keepAlpha) flatten(pixels, options.background);
  const grey = options.grey && (opaque || keepAlpha || isGrey(options.background));
  const colours = grey ? [0] : [0, 1, 2];
  return { channels: opaque || !keepAlpha ? colours : [...colours, 3], grey };
}

function toFile(image: Sharp, { format, quality }: EncodeOptions): Sharp {
  switch (format) {
    case 'image/png':
      return image.png({ compressionLevel: 6, adaptiveFiltering: false });
    case 'image/jpeg':
      return image.jpeg({ quality });
    case 'image/webp':
      return image.webp({ quality, effort: 1 });
  }
}

function isOpaque(pixels: Uint8Array): boolean {
  for (let at = 3; at < pixels.length; at += 4) if (pixels[at] !== 255) return false;
  return true;
}

const bytesOf = (colour: number): [number, number, number] => [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255];

function isGrey(colour: number): boolean {
  const [red, green, blue] = bytesOf(colour);
  return red === green && green === blue;
}

function flatten(pixels: Uint8Array, background: number): void {
  const behind = bytesOf(background);
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3]!;
    if (alpha === 255) continue;
    for (let band = 0; band < 3; band++) {
      pixels[at + band] = Math.round((pixels[at + band]! * alpha + behind[band]! * (255 - alpha)) / 255);
    }
  }
}

function pick(pixels: Uint8Array<ArrayBuffer>, channels: readonly number[]): Uint8Array {
  if (channels.length === 4) return pixels;
  const out = new Uint8Array((pixels.length / 4) * channels.length);
  if (channels.length === 3) return pickColours(pixels, out);
  let to = 0;
  for (let at = 0; at < pixels.length; at += 4) for (const channel of channels) out[to++] = pixels[at + channel]!;
  return out;
}

function pickColours(pixels: Uint8Array, out: Uint8Array): Uint8Array {
  for (let at = 0, to = 0; at < pixels.length; at += 4, to += 3) {
    out[to] = pixels[at]!;
    out[to + 1] = pixels[at + 1]!;
    out[to + 2] = pixels[at + 2]!;
  }
  return out;
}

/** Red, green and blue of a canvas; black where little or nothing was painted, and nowhere else. */
export function mosaicSamples({ pixels }: Canvas): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array((pixels.length / 4) * 3);
  for (let at = 0, to = 0; at < pixels.length; at += 4, to += 3) {
    if (pixels[at + 3]! < 128) continue;
    out[to] = Math.max(1, pixels[at]!);
    out[to + 1] = Math.max(1, pixels[at + 1]!);
    out[to + 2] = Math.max(1, pixels[at + 2]!);
  }
  return out;
}
