import type { ImageFormat } from '#domain/ports/raster-engine.js';

/** Encodings of tiles, by the ending of their addresses; the first of a media type is the one written. */
const ENDINGS: ReadonlyMap<string, ImageFormat> = new Map([
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['webp', 'image/webp'],
]);

/** Media types of tiles, the default first. */
export const TILE_FORMATS: readonly ImageFormat[] = ['image/png', 'image/jpeg', 'image/webp'];

/** The encoding an address ends in, undefined where there is none. */
export function formatOfEnding(ending: string): ImageFormat | undefined {
  return ENDINGS.get(ending.toLowerCase());
}

/** The encoding of that media type, parameters and case aside. */
export function formatOfType(type: string): ImageFormat | undefined {
  const name = type.split(';')[0]?.trim().toLowerCase();
  return TILE_FORMATS.find((format) => format === name);
}

/** The ending of an encoding. */
export function endingOf(format: ImageFormat): string {
  return [...ENDINGS].find(([, type]) => type === format)![0];
}
