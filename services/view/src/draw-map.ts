import { Injectable } from '@nestjs/common';
import { RasterEngine, type RenderSource } from '#domain/ports/raster-engine.js';
import type { Product } from '#domain/product/product.js';
import { withoutClouds, type SceneDrawing } from '#domain/view/scene-bands.js';
import { ServiceLog } from '#platform/log.js';
import type { Scene } from './find-scenes.js';
import type { MapImage } from './map-image.js';
import type { MapRequest } from './map-request.js';
import { OpenScene } from './open-scene.js';
import type { PlannedMap } from './plan-map.js';

/** Draws what was planned. */
@Injectable()
export class DrawMap {
  constructor(
    private readonly scenes: OpenScene,
    private readonly engine: RasterEngine,
    private readonly log: ServiceLog,
  ) {}

  /** Scenes that cannot be opened are left out and logged: one bad file must not blank a map. */
  async execute(request: MapRequest, plan: PlannedMap, signal?: AbortSignal): Promise<MapImage> {
    const layers = request.order === 'best' ? withClearOnTop(plan.scenes) : plan.scenes;
    const opened = await Promise.all(layers.map((scene) => this.open(scene, signal)));
    const known = opened.filter((one) => one !== undefined);
    const { crs, bbox, width, height, format, depth, transparent, background } = request;
    const sources = known.map(({ source }) => source);
    const picture = { crs, bbox, width, height, format, transparent, background };
    const image = await this.engine.render({ sources, ...picture, ...(depth !== undefined && { depth }) }, signal);
    const drawn = new Set(image.drawn.map((index) => known[index]!.product));
    const considered = `${plan.scenes.length}${plan.isCut ? '+' : ''}`;
    return {
      bytes: Buffer.from(image.bytes),
      mediaType: request.mediaType ?? image.format,
      dates: datesOf(drawn),
      sources: `${drawn.size}/${considered}`,
    };
  }

  private async open(
    { product, drawing }: Scene,
    signal?: AbortSignal,
  ): Promise<{ readonly product: Product; readonly source: RenderSource } | undefined> {
    try {
      return { product, source: await this.scenes.execute(drawing, signal) };
    } catch (error) {
      signal?.throwIfAborted();
      this.log.warn({ err: error, product: product.id }, 'product cannot be drawn');
      return undefined;
    }
  }
}

/** The days drawn, newest first. */
function datesOf(products: ReadonlySet<Product>): string {
  const days = new Set(Array.from(products, ({ acquiredFrom }) => acquiredFrom.toISOString().slice(0, 10)));
  return [...days].toSorted().toReversed().join(',');
}

/** Every scene once more without its clouds above them all, so that at every pixel the first clear one shows, and a cloudy one where none is. */
function withClearOnTop(scenes: readonly Scene[]): readonly Scene[] {
  const clear = scenes.flatMap(({ product, drawing }) => {
    const masked: SceneDrawing | undefined = withoutClouds(product, drawing);
    return masked ? [{ product, drawing: masked }] : [];
  });
  return [...scenes, ...clear];
}
