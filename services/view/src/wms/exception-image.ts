import { deflateSync } from 'node:zlib';
import type { BlankImage } from '#protocols/wms/exception-form.js';
import { ADVANCE, pixelsOf } from '../pixel-font.js';
import { pngChunk } from '../rgb-png.js';

const SCALE = 2;
const MARGIN = 6;

/** A PNG with the message written on it (WMS 1.3.0 §7.3.3.11 INIMAGE); what does not fit is cut off. */
export function drawException(message: string, image: BlankImage): Buffer {
  const { width, height } = image;
  const pixels = new Uint8Array(width * height);
  const columns = Math.max(1, Math.floor((width - 2 * MARGIN) / (ADVANCE.x * SCALE)));
  wrap(message, columns).forEach((line, row) => {
    Array.from(line).forEach((character, column) => {
      const left = MARGIN + column * ADVANCE.x * SCALE;
      const top = MARGIN + row * ADVANCE.y * SCALE;
      for (const [x, y] of pixelsOf(character)) fill(pixels, image, left + x * SCALE, top + y * SCALE);
    });
  });
  return writeIndexedPng(pixels, image);
}

function wrap(text: string, columns: number): readonly string[] {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= columns) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.flatMap((line) => line.match(new RegExp(`.{1,${columns}}`, 'gu')) ?? []);
}

function fill(pixels: Uint8Array, image: BlankImage, left: number, top: number): void {
  for (let y = top; y < Math.min(top + SCALE, image.height); y++) {
    for (let x = left; x < Math.min(left + SCALE, image.width); x++) pixels[y * image.width + x] = 1;
  }
}

/** Two colours: the background, transparent where asked, and a text colour that stands out of it. */
function writeIndexedPng(pixels: Uint8Array, image: BlankImage): Buffer {
  const { width, height, background, transparent } = image;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const rgb = [background >> 16, (background >> 8) & 255, background & 255];
  const dark = rgb.reduce((sum, value) => sum + value, 0) < 384;
  const text = dark && !transparent ? [255, 255, 255] : [178, 24, 24];
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('PLTE', Buffer.from([...rgb, ...text])),
    ...(transparent ? [pngChunk('tRNS', Buffer.from([0]))] : []),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}
