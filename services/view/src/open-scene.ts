import { Injectable } from '@nestjs/common';
import { ObjectStore } from '#domain/ports/object-store.js';
import { RasterEngine, type BandSource, type CompositeSource, type SceneSource } from '#domain/ports/raster-engine.js';
import type { SceneBand, SceneDrawing } from '#domain/view/scene-bands.js';
import { rasterOfAsset } from './raster-of-asset.js';

/** Makes render sources of scenes' drawings. */
@Injectable()
export class OpenScene {
  constructor(
    private readonly store: ObjectStore,
    private readonly engine: RasterEngine,
  ) {}

  /** The source, its rasters looked at once. Throws as the store and the engine do. */
  async execute(drawing: SceneDrawing, signal?: AbortSignal): Promise<SceneSource> {
    if (drawing.kind === 'bands') return this.composite(drawing, signal);
    const source = await rasterOfAsset(drawing.asset, this.store);
    const { bands } = await this.engine.describe(source, signal);
    return { source, style: { bands: bands >= 3 ? [0, 1, 2] : [0] } };
  }

  private async composite(
    { bands, formula }: Extract<SceneDrawing, { kind: 'bands' }>,
    signal?: AbortSignal,
  ): Promise<CompositeSource> {
    const opened = await Promise.all(
      Object.entries(bands).map(async ([name, band]) => [name, await this.band(band, signal)] as const),
    );
    return { bands: Object.fromEntries(opened), formula };
  }

  private async band({ asset, ...band }: SceneBand, signal?: AbortSignal): Promise<BandSource> {
    const source = await rasterOfAsset(asset, this.store);
    await this.engine.describe(source, signal);
    return { ...band, source };
  }
}
