import type { Collection } from '#domain/collection/collection.js';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import type { Rendering } from '#domain/view/rendering.js';
import { INSPIRE_DEFAULT } from '#protocols/wms/inspire-view.js';
import type { TimeExtent } from '#protocols/wms/resolve-time.js';

/** A layer: one collection and the ways it can be drawn. */
export interface ViewLayer {
  /** The collection's id. */
  readonly name: string;
  readonly collection: Collection;
  readonly title: string;
  readonly abstract: string;
  readonly keywords: readonly string[];
  /** The first is the default. */
  readonly styles: readonly Rendering[];
  readonly extent: TimeExtent;
  readonly bbox: BoundingBox;
  /** Metres of a pixel on the ground, where the collection has one. */
  readonly resolution?: number;
  /** Whether its newest products tell their cloud cover. */
  readonly hasCloudCover: boolean;
}

const DEFAULTS = ['', 'default', INSPIRE_DEFAULT];

/** The rendering of a style by name; unnamed, `default` and INSPIRE's name for it are the first. */
export function styleOf(layer: ViewLayer, style: string): Rendering | undefined {
  return DEFAULTS.includes(style) ? layer.styles[0] : layer.styles.find(({ name }) => name === style);
}
