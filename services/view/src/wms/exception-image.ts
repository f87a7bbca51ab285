import type { BlankImage } from '#protocols/wms/exception-form.js';
import { PaintedPicture } from '../painted-picture.js';
import { ADVANCE, pixelsOf } from '../pixel-font.js';

const SCALE = 2;
const MARGIN = 6;
const ON_LIGHT = 0xb21818;
const ON_DARK = 0xffffff;

/** A picture with the message written on it (WMS 1.3.0 §7.3.3.11 INIMAGE), in a colour that stands out of the background; what does not fit is cut off. */
export function drawException(message: string, image: BlankImage): PaintedPicture {
  const { width, transparent, background } = image;
  const picture = new PaintedPicture(image, transparent ? undefined : background);
  const ink = isDark(background) && !transparent ? ON_DARK : ON_LIGHT;
  const columns = Math.max(1, Math.floor((width - 2 * MARGIN) / (ADVANCE.x * SCALE)));
  wrap(message, columns).forEach((line, row) => {
    Array.from(line).forEach((character, column) => {
      const left = MARGIN + column * ADVANCE.x * SCALE;
      const top = MARGIN + row * ADVANCE.y * SCALE;
      for (const [x, y] of pixelsOf(character)) picture.fill([left + x * SCALE, top + y * SCALE, SCALE, SCALE], ink);
    });
  });
  return picture;
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

function isDark(colour: number): boolean {
  return (colour >> 16) + ((colour >> 8) & 255) + (colour & 255) < 384;
}
