import type { ImageFormat } from '#domain/ports/raster-engine.js';
import { formatOfEnding } from './tile-format.js';

/** What the last segment of a tile's address says: a number, a scale of the pixels, an encoding. */
export interface TileEnding {
  readonly index: number;
  /** Pixels per 1/256 of the tile: 1, or 2 for screens of twice the density. */
  readonly scale: 1 | 2;
  readonly format: ImageFormat;
}

const ENDING = /^(\d{1,9})(@2x)?\.([a-z]{3,4})$/i;

/** Reads `341.png` or `341@2x.jpg`; undefined for anything else. */
export function parseTileEnding(text: string): TileEnding | undefined {
  const [, index, twice, ending = ''] = ENDING.exec(text) ?? [];
  const format = formatOfEnding(ending);
  return format && { index: Number(index), scale: twice === undefined ? 1 : 2, format };
}

/** A row or column as written: digits only, undefined for anything else. */
export function parseTileIndex(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
