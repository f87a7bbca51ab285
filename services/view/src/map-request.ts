import type { Filter } from '#domain/catalog/catalog-query.js';
import type { GetMapRequest } from '#protocols/wms/get-map-request.js';

/** Some of a layer's products: those that match, those of these ids; named ones are drawn whatever superseded them. */
export interface ProductChoice {
  readonly filter?: Filter;
  readonly ids?: readonly string[];
}

/** A map any door asks for: what WMS can say, and scenes of some products only. */
export interface MapRequest extends GetMapRequest {
  readonly only?: ProductChoice;
}
