import type { BoundingBox } from '#domain/geometry/geometry.js';
import type { Rendering } from '#domain/view/rendering.js';
import type { TimeExtent } from '#protocols/wms/resolve-time.js';

/** A layer: one collection and the ways it can be drawn. */
export interface ViewLayer {
  /** The collection's id. */
  readonly name: string;
  readonly title: string;
  readonly abstract: string;
  readonly keywords: readonly string[];
  /** The first is the default. */
  readonly styles: readonly Rendering[];
  readonly extent: TimeExtent;
  readonly bbox: BoundingBox;
  /** Metres of a pixel on the ground, where the collection has one. */
  readonly resolution?: number;
}

/** The rendering of a style by name; unnamed and `default` are the first. */
export function styleOf(layer: ViewLayer, style: string): Rendering | undefined {
  return style === '' || style === 'default' ? layer.styles[0] : layer.styles.find(({ name }) => name === style);
}
