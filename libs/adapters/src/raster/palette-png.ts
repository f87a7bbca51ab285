import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import type { Picture } from '#domain/ports/raster-engine.js';
import { paletteOf } from './palette-of-picture.js';
import { pngChunk, writePng } from './png-file.js';

const deflateRows = promisify(deflate);

/** Writes a picture as a PNG of 8 bits a pixel with a palette (ISO/IEC 15948 §11.2.3); where something is transparent, its first colour is. */
export async function encodePalettePng(picture: Picture): Promise<Buffer> {
  const { width, height } = picture;
  const { colours, indices, hasTransparency } = paletteOf(picture);
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y++) rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const before = [
    pngChunk('PLTE', colours.length > 0 ? colours : new Uint8Array(3)),
    ...(hasTransparency ? [pngChunk('tRNS', new Uint8Array(1))] : []),
  ];
  return writePng({ width, height, colourType: 3, before, rows: await deflateRows(rows) });
}
