import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';
import type { Picture } from '#domain/ports/raster-engine.js';
import { paletteOf } from './palette-of-picture.js';

const deflateRows = promisify(deflate);
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Writes a picture as a PNG of 8 bits a pixel with a palette (ISO/IEC 15948 §11.2.3); where something is transparent, its first colour is. */
export async function encodePalettePng(picture: Picture): Promise<Buffer> {
  const { width, height } = picture;
  const { colours, indices, hasTransparency } = paletteOf(picture);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Bit depth 8, colour type 3: palette.
  header.set([8, 3], 8);
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y++) rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', colours.length > 0 ? colours : new Uint8Array(3)),
    ...(hasTransparency ? [chunk('tRNS', new Uint8Array(1))] : []),
    chunk('IDAT', await deflateRows(rows)),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** ISO/IEC 15948 §5.3. */
function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
