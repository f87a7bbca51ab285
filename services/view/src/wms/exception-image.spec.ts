import { describe, expect, it } from '@jest/globals';
import { readImage } from '#test/support/read-image.js';
import { drawException } from './exception-image.js';
import { pixelsOf } from '../pixel-font.js';

const IMAGE = { width: 120, height: 40, format: 'image/png', transparent: false, background: 0x102030 } as const;

describe('drawException (WMS 1.3.0 §7.3.3.11)', () => {
  it('writes the message on the background, light on dark', async () => {
    const image = await readImage(drawException('No such layer', IMAGE));
    expect([image.width, image.height, image.format]).toEqual([120, 40, 'png']);
    expect(image.pixel(0, 0)).toEqual([16, 32, 48, 255]);
    // The upper left corner of N.
    expect(image.pixel(6, 6)).toEqual([255, 255, 255, 255]);
  });

  it('keeps a transparent map transparent', async () => {
    const image = await readImage(drawException('x', { ...IMAGE, transparent: true }));
    expect(image.pixel(0, 0)[3]).toBe(0);
  });

  it.each([1, 2, 5, 4096])('fits into %d pixels', async (width) => {
    const message = `A message that is much longer than any map is wide, ${'and'.repeat(400)} \n über 😀 all`;
    const image = await readImage(drawException(message, { ...IMAGE, width, height: 3 }));
    expect([image.width, image.height]).toEqual([width, 3]);
  });

  it('has a glyph for everything', () => {
    expect(pixelsOf('😀')).toEqual(pixelsOf('?'));
    expect(pixelsOf(' ')).toEqual([]);
    expect(pixelsOf('l')).toEqual(pixelsOf('L'));
  });
});
