import type { BoundingBox } from '#domain/geometry/geometry.js';
import type { TimeExtent } from '#protocols/wms/resolve-time.js';

/** A way to draw a layer. */
export interface ViewStyle {
  readonly name: string;
  readonly title: string;
}

/** A layer: one collection drawn from its products' browse images. */
export interface ViewLayer {
  /** The collection's id. */
  readonly name: string;
  readonly title: string;
  readonly abstract: string;
  readonly keywords: readonly string[];
  readonly style: ViewStyle;
  readonly extent: TimeExtent;
  readonly bbox: BoundingBox;
}

/** What a collection's browse images show; the others show their browse image. */
export const COLLECTION_STYLES: ReadonlyMap<string, ViewStyle> = new Map([
  ['sentinel-2-l1c', { name: 'true-colour', title: 'True colour (B04, B03, B02)' }],
  ['sentinel-2-l2a', { name: 'true-colour', title: 'True colour (B04, B03, B02)' }],
  ['sentinel-1-grd', { name: 'vv', title: 'Backscatter, VV (HH over polar regions), dB' }],
]);

/** Style of collections that have none of their own. */
export const BROWSE_STYLE: ViewStyle = { name: 'browse', title: 'Browse image' };

/** True for the layer's style by name, by `default`, and unnamed. */
export function hasStyle(layer: ViewLayer, style: string): boolean {
  return style === '' || style === 'default' || style === layer.style.name;
}
