import { Injectable } from '@nestjs/common';
import { EngineBusyError, isPassingFault, RasterEngine, type RenderSource } from '#domain/ports/raster-engine.js';
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

  /**
   * Scenes that cannot be read are left out and logged: one bad file must not blank a map. The map says where that may pass.
   * Throws EngineBusyError, which is about no scene, and what is wrong with the request.
   */
  async execute(request: MapRequest, plan: PlannedMap, signal?: AbortSignal): Promise<MapImage> {
    const layers = request.order === 'best' ? withClearOnTop(plan.scenes) : plan.scenes;
    const opened = await Promise.all(layers.map((scene) => this.open(scene, signal)));
    const known: readonly Drawable[] = [...underneath(plan), ...opened.filter((one) => 'source' in one)];
    const { crs, bbox, width, height, format, depth, transparent, background, resampling, quality } = request;
    const sources = known.map(({ source }) => source);
    const frame = { crs, bbox, width, height, format, transparent, background, ...(depth !== undefined && { depth }) };
    const look = { ...(resampling && { resampling }), ...(quality !== undefined && { quality }) };
    const image = await this.engine.render({ ...frame, ...look, sources, leavesOut: true }, signal);
    for (const { index, reason } of image.leftOut) this.warn(known[index]?.product, reason);
    const isPartial = [...opened, ...image.leftOut].some((one) => 'isPassing' in one && one.isPassing);
    const drawn = image.drawn.map((index) => known[index]!);
    return {
      bytes: asBuffer(image.bytes),
      mediaType: request.mediaType ?? image.format,
      ...countsOf(drawn, plan),
      ...(isPartial && { isPartial }),
    };
  }

  private async open({ product, drawing }: Scene, signal?: AbortSignal): Promise<Opened | Unopened> {
    try {
      return { product, source: await this.scenes.execute(drawing, signal) };
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof EngineBusyError) throw error;
      this.warn(product, error);
      return { isPassing: isPassingFault(error) };
    }
  }

  private warn(product: Product | undefined, err: unknown): void {
    this.log.warn({ err, product: product?.id ?? 'an overview' }, 'product cannot be drawn');
  }
}

/** The same memory. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Something to draw; without product where it stands for many. */
interface Drawable {
  readonly product?: Product;
  readonly source: RenderSource;
}

function underneath({ underlays }: PlannedMap): readonly Drawable[] {
  return underlays.flatMap(({ sources }) => sources.map((source) => ({ source })));
}

function countsOf(drawn: readonly Drawable[], plan: PlannedMap): Pick<MapImage, 'dates' | 'sources' | 'fallback'> {
  const products = new Set(drawn.flatMap(({ product }) => (product ? [product] : [])));
  const others = drawn.length - drawn.filter(({ product }) => product).length;
  const considered = plan.scenes.length + plan.underlays.reduce((sum, { sources }) => sum + sources.length, 0);
  const kinds = new Set(plan.underlays.map(({ kind }) => kind));
  return {
    dates: datesOf(products),
    sources: `${products.size + others}/${considered}${plan.isCut ? '+' : ''}`,
    ...(kinds.size > 0 && { fallback: [...kinds].join(', ') }),
  };
}

interface Opened {
  readonly product: Product;
  readonly source: RenderSource;
}

interface Unopened {
  readonly isPassing: boolean;
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
