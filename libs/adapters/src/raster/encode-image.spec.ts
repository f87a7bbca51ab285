import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import type { Picture } from '#domain/ports/raster-engine.js';
import { encodeImage, type EncodeOptions } from './encode-image.js';
import { readRasterHeader } from './raster-header.js';

const OPTIONS: EncodeOptions = {
  format: 'image/png',
  transparent: true,
  background: 0xffffff,
  quality: 80,
  grey: false,
  crs: 'EPSG:32632',
  bbox: [600_000, 5_200_000, 603_000, 5_201_500],
};

/** A picture whose pixels are told by column and row. */
function picture(width: number, height: number, pixel: (x: number, y: number) => readonly number[]): Picture {
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) pixels.set(pixel(x, y), (y * width + x) * 4);
  return { width, height, pixels };
}

const decoded = async (bytes: Uint8Array): Promise<{ channels: number; at(x: number, y: number): number[] }> => {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const { channels, width } = info;
  return { channels, at: (x, y) => [...data.subarray((y * width + x) * channels, (y * width + x + 1) * channels)] };
};
/** Bit depth and colour type of a PNG (ISO/IEC 15948 §11.2.2). */
const pngKind = (bytes: Uint8Array): number[] => [...bytes.subarray(24, 26)];

describe('encodeImage: PNG by depth', () => {
  const half = picture(40, 20, (x) => (x < 20 ? [200, 10, 10, 255] : [0, 0, 0, 0]));

  it.each([
    [undefined, [8, 6]],
    [8, [8, 3]],
    [24, [8, 2]],
    [32, [8, 6]],
  ] as const)('%s bits', async (depth, kind) => {
    const copy = { ...half, pixels: half.pixels.slice() };
    const bytes = await encodeImage(copy, { ...OPTIONS, ...(depth !== undefined && { depth }) });
    expect(pngKind(bytes)).toEqual(kind);
    const image = await decoded(await sharp(bytes).ensureAlpha().png().toBuffer());
    expect(image.at(5, 5)).toEqual([200, 10, 10, 255]);
    expect(image.at(30, 5)).toEqual(depth === 24 ? [255, 255, 255, 255] : [0, 0, 0, 0]);
  });

  it('keeps every colour of a picture with few of them, and what is transparent', async () => {
    const ramp = picture(255, 3, (x, y) => [x, 255 - x, 7, y === 1 && x === 9 ? 0 : 255]);
    const bytes = await encodeImage(ramp, { ...OPTIONS, depth: 8 });
    expect(pngKind(bytes)).toEqual([8, 3]);
    const image = await decoded(bytes);
    expect([image.at(9, 0), image.at(9, 1)[3], image.at(200, 2)]).toEqual([[9, 246, 7, 255], 0, [200, 55, 7, 255]]);
  });

  it('finds colours that stand for many, each close to what it is for', async () => {
    const many = picture(256, 256, (x, y) => [x, y, (x + y) >> 1, 255]);
    const bytes = await encodeImage(many, { ...OPTIONS, depth: 8 });
    const image = await decoded(bytes);
    const errors = Array.from({ length: 64 }, (_, i) => {
      const [x, y] = [(i * 37) % 256, (i * 91) % 256];
      const [red, green] = image.at(x, y);
      return Math.max(Math.abs(red! - x), Math.abs(green! - y));
    });
    expect(Math.max(...errors)).toBeLessThanOrEqual(24);
  });

  it('draws one colour, and none', async () => {
    for (const alpha of [255, 0]) {
      const bytes = await encodeImage(picture(1, 1, () => [1, 2, 3, alpha]), { ...OPTIONS, depth: 8 }); // prettier-ignore
      expect((await decoded(await sharp(bytes).ensureAlpha().png().toBuffer())).at(0, 0)[3]).toBe(alpha);
    }
  });
});

describe('encodeImage: GeoTIFF', () => {
  it.each([
    ['transparent', true, 4],
    ['on its background', false, 3],
  ] as const)('%s', async (_title, transparent, bands) => {
    const map = picture(300, 150, (x, y) => (x < 280 ? [x & 255, y, 9, 255] : [0, 0, 0, 0]));
    const bytes = await encodeImage(map, { ...OPTIONS, format: 'image/tiff', transparent });
    const header = await readRasterHeader((at, length) => Promise.resolve(bytes.slice(at, at + length)), undefined);
    expect([header.crs, header.pixelToCrs]).toEqual(['EPSG:32632', [10, 0, 600_000, 0, -10, 5_201_500]]);
    const image = await decoded(bytes);
    expect(image.channels).toBe(bands);
    expect(image.at(270, 149)).toEqual([14, 149, 9, 255].slice(0, bands));
    expect(image.at(290, 3)).toEqual(transparent ? [0, 0, 0, 0] : [255, 255, 255]);
  });
});
