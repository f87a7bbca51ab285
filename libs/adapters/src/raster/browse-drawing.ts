import type { CogSpec, Samples } from './cog-spec.js';

/** A picture on its way to a COG: strips of whole rows, drawn as they are asked for. */
export interface Drawing {
  readonly spec: CogSpec;
  readonly strips: AsyncIterable<Samples>;
}

/** How pictures are drawn. */
export interface BrowseSettings {
  /** Ground size of a pixel aimed at for Sentinel-2, in metres. */
  readonly resolution: number;
  /** Longer side of pictures gridded to CRS:84, in pixels. */
  readonly maxSide: number;
  readonly signal?: AbortSignal;
}

/** Linear stretch of `range` to 1..255 (0 stays free for nodata), brightened by `gamma`; values outside are clamped. */
export function stretchToByte(value: number, range: readonly [number, number], gamma = 1): number {
  const share = (value - range[0]) / (range[1] - range[0] || 1);
  return 1 + Math.round(254 * Math.min(1, Math.max(0, share)) ** (1 / gamma));
}
