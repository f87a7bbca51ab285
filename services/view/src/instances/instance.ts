import type { Rendering } from '#domain/view/rendering.js';
import type { MosaicOrder } from '#protocols/wms/map-vendor.js';
import type { TimeSelection } from '#protocols/wms/time-dimension.js';

/** A layer of an instance: one collection, drawn in one way. */
export interface InstanceLayer {
  readonly name: string;
  readonly title: string;
  /** Its id. */
  readonly collection: string;
  readonly rendering: Rendering;
  /** Values of a TIFF, by names or expressions over the rendering's bands and variables; else it has the picture's colours. */
  readonly channels?: readonly string[];
  /** Percent, where the request gives none. */
  readonly maxCloudCover?: number;
  readonly time?: TimeSelection;
  readonly order?: MosaicOrder;
}

/** Layers under one id, as scripts of Sentinel Hub's clients name them. */
export interface Instance {
  readonly id: string;
  readonly title: string;
  readonly layers: readonly InstanceLayer[];
}
