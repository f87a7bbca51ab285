import { Inject, Injectable } from '@nestjs/common';
import { boundingBoxOf } from '#domain/geometry/bounding-box.js';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { NotFoundError } from '#domain/errors.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { Rendering } from '#domain/view/rendering.js';
import { PLATFORM_CONFIG, type PlatformConfig } from '#platform/platform.config.js';
import { writeTileJson } from '#protocols/tilejson/tilejson.js';
import { ListLayers } from '../list-layers.js';
import { styleOf, type ViewLayer } from '../view-layer.js';

/** What tiles are wanted of, and where they are. */
export interface TilesSubject {
  readonly collections: readonly string[];
  readonly style: string;
  readonly item?: string;
  /** With `{z}`, `{x}` and `{y}`. */
  readonly tiles: string;
}

/** Tells what tiles there are. */
@Injectable()
export class DescribeTiles {
  constructor(
    private readonly layers: ListLayers,
    private readonly catalog: ProductCatalog,
    @Inject(PLATFORM_CONFIG) private readonly platform: PlatformConfig,
  ) {}

  /** TileJSON. Throws NotFoundError for layers, styles and items there are not. */
  async tileJson({ collections, style, item, tiles }: TilesSubject): Promise<object> {
    const found = await Promise.all(collections.map((name) => this.layer(name, style)));
    const { layer, rendering } = found[0]!;
    const bounds =
      item === undefined ? around(found.map((one) => one.layer.bbox)) : await this.boundsOf(layer.name, item);
    return writeTileJson({
      name: `${item ?? found.map((one) => one.layer.title).join(', ')}: ${rendering.title}`,
      description: rendering.description === '' ? layer.abstract : rendering.description,
      attribution: `Contains Copernicus Sentinel data; ${this.platform.FROMBORK_MIRROR}`,
      tiles,
      bounds,
    });
  }

  /** A layer and one of its styles. Throws NotFoundError. */
  async layer(name: string, style: string): Promise<{ readonly layer: ViewLayer; readonly rendering: Rendering }> {
    const { layers } = await this.layers.execute();
    const layer = layers.find((one) => one.name === name);
    if (!layer) throw new NotFoundError(`There is no layer ${name.slice(0, 100)}.`);
    const rendering = styleOf(layer, style);
    if (rendering) return { layer, rendering };
    const styles = layer.styles.map((one) => one.name).join(', ');
    throw new NotFoundError(`The layer ${layer.name} has the styles ${styles}.`);
  }

  /** The box around a product, everything where it has no place. Throws NotFoundError. */
  async boundsOf(collection: string, id: string): Promise<BoundingBox> {
    const product = await this.catalog.find({ collection, id });
    if (!product) throw new NotFoundError(`There is no product ${id.slice(0, 200)} in ${collection}.`);
    return (product.geometry && boundingBoxOf(product.geometry)) ?? [-180, -90, 180, 90];
  }
}

/** One box around several; across the antimeridian only where there is one alone. */
export function around(boxes: readonly BoundingBox[]): BoundingBox {
  if (boxes.length === 0) return [-180, -90, 180, 90];
  if (boxes.length === 1) return boxes[0]!;
  const flat = boxes.map((box): BoundingBox => (box[0] <= box[2] ? box : [-180, box[1], 180, box[3]]));
  const side = (index: 0 | 1 | 2 | 3): number[] => flat.map((box) => box[index]);
  return [Math.min(...side(0)), Math.min(...side(1)), Math.max(...side(2)), Math.max(...side(3))];
}
