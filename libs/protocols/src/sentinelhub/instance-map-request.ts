import type { Geometry } from '#domain/geometry/geometry.js';
import type { Resampling } from '#domain/ports/raster-engine.js';
import type { MosaicOrder } from '../wms/map-vendor.js';
import type { TimeSelection } from '../wms/time-dimension.js';
import type { Evalscript } from './evalscript.js';
import type { InstanceFormat } from './instance-format.js';

/** GetMap or GetCoverage of an instance, with spellings and axis orders behind it: `bbox` is x/y of `crs`. */
export interface InstanceMapRequest {
  /** Names of layers of the instance, bottom to top. */
  readonly layers: readonly string[];
  readonly crs: string;
  readonly bbox: readonly [minX: number, minY: number, maxX: number, maxY: number];
  readonly width: number;
  readonly height: number;
  readonly format: InstanceFormat;
  readonly time: TimeSelection;
  readonly order?: MosaicOrder | undefined;
  /** Percent. */
  readonly maxCloudCover?: number | undefined;
  readonly transparent: boolean;
  /** 0xRRGGBB. */
  readonly background: number;
  readonly quality?: number | undefined;
  readonly resampling: Resampling;
  /** Nothing is drawn outside of it; its positions are x/y of `crs`. */
  readonly clip?: Geometry | undefined;
  readonly evalscript?: Evalscript | undefined;
}
