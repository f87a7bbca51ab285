import type { ImageFormat } from '#domain/ports/raster-engine.js';
import type { Formula } from '#domain/view/formula.js';
import type { TimeSelection } from '#protocols/wms/time-dimension.js';

/** Which scene lies on top: the newest, the one with the least cloud, or at every pixel one that is clear there. */
export type MosaicOrder = 'newest' | 'clearest' | 'best';

/** A map any protocol asks for: `bbox` is x/y of `crs`, its edges outer pixel edges; `layers` are bottom to top. */
export interface MapRequest {
  /** An empty style is the default; a formula of one's own takes its place. */
  readonly layers: readonly { readonly name: string; readonly style: string }[];
  readonly formula?: Formula;
  readonly crs: string;
  readonly bbox: readonly [minX: number, minY: number, maxX: number, maxY: number];
  readonly width: number;
  readonly height: number;
  readonly format: ImageFormat;
  readonly transparent: boolean;
  /** 0xRRGGBB. */
  readonly background: number;
  readonly time: TimeSelection;
  /** Default `newest`. */
  readonly order?: MosaicOrder;
  /** Percent. */
  readonly maxCloudCover?: number;
}
