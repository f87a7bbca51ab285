import type { Filter } from '#domain/catalog/catalog-query.js';
import type { Resampling } from '#domain/ports/raster-engine.js';
import type { Rendering } from '#domain/view/rendering.js';
import type { GetMapRequest, StyledLayer } from '#protocols/wms/get-map-request.js';
import type { TimeSelection } from '#protocols/wms/time-dimension.js';

/** Some of a layer's products: those that match, those of these ids; named ones are drawn whatever superseded them. */
export interface ProductChoice {
  readonly filter?: Filter;
  readonly ids?: readonly string[];
}

/** A layer of a map: a collection in one of its styles, or in a rendering of the asker's own; what it says itself goes before what the map says. */
export interface MapLayer extends StyledLayer {
  readonly rendering?: Rendering;
  readonly time?: TimeSelection;
  readonly maxCloudCover?: number;
}

/** A map any door asks for: what WMS can say, scenes of some products only, and how it is resampled and packed. */
export interface MapRequest extends Omit<GetMapRequest, 'layers'> {
  readonly layers: readonly MapLayer[];
  readonly only?: ProductChoice;
  readonly resampling?: Resampling;
  /** JPEG and WebP, 1-100. */
  readonly quality?: number;
}
