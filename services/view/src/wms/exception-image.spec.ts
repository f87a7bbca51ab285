import { describe, expect, it } from '@jest/globals';
import type { BlankImage } from '#protocols/wms/exception-form.js';
import { MAP_FORMATS } from '#protocols/wms/map-format.js';
import { drawException } from './exception-image.js';
import type { PaintedPicture } from '../painted-picture.js';
import { pixelsOf } from '../pixel-font.js';

const IMAGE: BlankImage = {
  width: 120,
  height: 40,
  encoding: MAP_FORMATS[0]!,
  transparent: false,
  background: 0x102030,
};
const pixelOf = ({ pixels, width }: PaintedPicture, x: number, y: number): number[] => [
  ...pixels.subarray((y * width + x) * 4, (y * width + x + 1) * 4),
];

describe('drawException (WMS 1.3.0 §7.3.3.11)', () => {
  it('writes the message on the background, light on dark', () => {
    const image = drawException('No such layer', IMAGE);
    expect([image.width, image.height]).toEqual([120, 40]);
    expect(pixelOf(image, 0, 0)).toEqual([16, 32, 48, 255]);
    // The upper left corner of N.
    expect(pixelOf(image, 6, 6)).toEqual([255, 255, 255, 255]);
  });

  it('keeps a transparent map transparent', () => {
    const image = drawException('x', { ...IMAGE, transparent: true });
    expect(pixelOf(image, 0, 0)[3]).toBe(0);
  });

  it.each([1, 2, 5, 4096])('fits into %d pixels', (width) => {
    const message = `A message that is much longer than any map is wide, ${'and'.repeat(400)} \n über 😀 all`;
    const image = drawException(message, { ...IMAGE, width, height: 3 });
    expect([image.width, image.height]).toEqual([width, 3]);
  });

  it('has a glyph for everything', () => {
    expect(pixelsOf('😀')).toEqual(pixelsOf('?'));
    expect(pixelsOf(' ')).toEqual([]);
    expect(pixelsOf('l')).toEqual(pixelsOf('L'));
  });
});
