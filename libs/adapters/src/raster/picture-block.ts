import type { OutputInfo, Sharp } from 'sharp';
import { InvalidError } from '#domain/errors.js';
import type { BlockShape, RasterLevel } from './raster-level.js';
import { sharp } from './picture-formats.js';

// A worker is one core's worth of work; libvips must not start threads or keep pictures of its own.
sharp.cache(false);
sharp.concurrency(1);

const RGB = 2;
const START_OF_IMAGE = [0xff, 0xd8] as const;
/** Adobe marker with transform 0: the components are red, green and blue, not YCbCr. */
const ADOBE_RGB = [0xff, 0xee, 0, 14, 65, 100, 111, 98, 101, 0, 100, 0, 0, 0, 0, 0] as const;

/** Decodes a JPEG block (TIFF Technical Note 2): abbreviated stream after the tables of the directory. */
export function decodeJpegBlock(data: Uint8Array, level: RasterLevel, shape: BlockShape): Promise<Uint8Array> {
  if (data[0] !== 0xff || data[1] !== 0xd8) throw new InvalidError('A block of the raster is no JPEG');
  const tables = level.jpegTables === undefined ? [] : [level.jpegTables.subarray(2, -2)];
  const rgb = level.photometric === RGB && shape.bands === 3 ? [Uint8Array.from(ADOBE_RGB)] : [];
  const whole = Buffer.concat([Uint8Array.from(START_OF_IMAGE), ...rgb, ...tables, data.subarray(2)]);
  const { width, height, bands } = shape;
  return rawBands(asStored(sharp(whole, { limitInputPixels: width * height, failOn: 'error' }), bands), shape);
}

/** Decodes a WebP block. */
export function decodeWebpBlock(data: Uint8Array, shape: BlockShape): Promise<Uint8Array> {
  const { width, height } = shape;
  const head = Buffer.from(data.buffer, data.byteOffset, Math.min(data.length, 12)).toString('latin1');
  if (!/^RIFF[^]{4}WEBP$/.test(head)) throw new InvalidError('A block of the raster is no WebP');
  const picture = sharp(data, { limitInputPixels: width * height, failOn: 'error' });
  return rawBands(shape.bands === 4 ? picture.ensureAlpha() : picture, shape);
}

async function rawBands(picture: Sharp, { width, height, bands }: BlockShape): Promise<Uint8Array> {
  const { data: raw, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  if (info.width !== width || info.height < height || info.channels < bands) {
    throw new InvalidError(
      `A block holds a picture of ${info.width} x ${info.height} pixels and ${info.channels} bands instead of ${width} x ${height} and ${bands}`,
    );
  }
  return info.channels === bands
    ? new Uint8Array(raw.buffer, raw.byteOffset, raw.length)
    : firstBands(raw, info, bands);
}

/** Four components of a JPEG pass for CMYK: kept as they are, and the inversion customary for CMYK undone. */
function asStored(picture: Sharp, bands: number): Sharp {
  if (bands === 4) return picture.pipelineColourspace('cmyk').toColourspace('cmyk').negate();
  return picture.toColourspace(bands < 3 ? 'b-w' : 'srgb');
}

function firstBands(raw: Uint8Array, { width, height, channels }: OutputInfo, bands: number): Uint8Array {
  const out = new Uint8Array(width * height * bands);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let band = 0; band < bands; band++) out[pixel * bands + band] = raw[pixel * channels + band]!;
  }
  return out;
}
