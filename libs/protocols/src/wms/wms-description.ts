import type { BoundingBox } from '#domain/geometry/geometry.js';
import type { TimeExtent } from './resolve-time.js';

/** A style as capabilities describe it. */
export interface WmsStyle {
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  /** Pixels of its GetLegendGraphic. */
  readonly legend?: { readonly width: number; readonly height: number };
}

/** A layer as capabilities of maps and of tiles describe it. */
export interface MapLayer {
  readonly name: string;
  readonly title: string;
  readonly abstract: string;
  readonly keywords: readonly string[];
  /** The first is the default. */
  readonly styles: readonly WmsStyle[];
  readonly bbox: BoundingBox;
  readonly extent: TimeExtent;
}

/** What those of WMS say besides. */
export interface WmsLayer extends MapLayer {
  /** Whether scenes can be chosen by their cloud cover. */
  readonly hasCloudCover: boolean;
  /** Whom the data is from, and where to read on what terms. */
  readonly attribution: { readonly title: string; readonly address: string };
  /** What the authority of the description calls the data, and where its ISO 19139 record is. */
  readonly identifier: string;
  readonly metadataAddress: string;
}

/** What a capabilities document is written from. */
export interface WmsDescription {
  readonly title: string;
  readonly abstract: string;
  readonly keywords: readonly string[];
  /** Public address of the service, ending in `?`. */
  readonly address: string;
  readonly updateSequence: string;
  /** Systems maps are drawn in, CRS:84 among them. */
  readonly crs: readonly string[];
  readonly layers: readonly WmsLayer[];
  readonly contact: WmsContact;
  /** Where the identifiers of the layers are explained: the catalogue. */
  readonly authorityAddress: string;
}

/** Whom users can ask. */
export interface WmsContact {
  readonly organisation: string;
  readonly telephone?: string;
  readonly email?: string;
}
