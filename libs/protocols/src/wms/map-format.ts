import type { ImageFormat, PixelDepth } from '#domain/ports/raster-engine.js';

/** An encoding of maps as FORMAT names it and the answer is labelled. */
export interface MapFormat {
  /** Media type, with parameters where it has some. */
  readonly name: string;
  readonly format: ImageFormat;
  readonly depth?: PixelDepth;
}

/** Encodings in the order they are advertised. */
export const MAP_FORMATS: readonly MapFormat[] = [
  { name: 'image/png', format: 'image/png' },
  { name: 'image/png; mode=8bit', format: 'image/png', depth: 8 },
  { name: 'image/png; mode=24bit', format: 'image/png', depth: 24 },
  { name: 'image/png; mode=32bit', format: 'image/png', depth: 32 },
  { name: 'image/png8', format: 'image/png', depth: 8 },
  { name: 'image/jpeg', format: 'image/jpeg' },
  { name: 'image/webp', format: 'image/webp' },
  { name: 'image/tiff', format: 'image/tiff' },
  { name: 'image/geotiff', format: 'image/tiff' },
];

const ALIASES = new Map([['image/jpg', 'image/jpeg']]);

/** The encoding a FORMAT value means, if any, in any case and spacing; of parameters that are not known the type alone counts. */
export function findMapFormat(text: string | undefined): MapFormat | undefined {
  const [given = '', ...parameters] = (text ?? '').toLowerCase().split(';').map((part) => part.trim()); // prettier-ignore
  const type = ALIASES.get(given) ?? given;
  const named = (name: string): MapFormat | undefined => MAP_FORMATS.find((one) => one.name === name);
  return named([type, ...parameters].join('; ')) ?? named(type);
}
