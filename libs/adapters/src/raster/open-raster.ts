import type { RasterSource } from '#domain/ports/raster-source.js';
import type { ReadBytes } from './object-ranges.js';
import type { RasterHeader } from './raster-header.js';

/** A raster whose header has been read. `id` names the version of its bytes and begins with the object's key and a line break. */
export interface OpenRaster {
  readonly id: string;
  readonly header: RasterHeader;
  readonly read: ReadBytes;
}

/** Names one version of a raster in the caches. */
export function rasterId({ key, offset, length, etag }: RasterSource): string {
  return `${key}\n${offset ?? 0}+${length ?? ''}\n${etag}`;
}
