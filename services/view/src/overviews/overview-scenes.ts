import { Injectable } from '@nestjs/common';
import type { OverviewPart } from '#domain/ports/overview-index.js';
import { isPassingFault, type SceneSource } from '#domain/ports/raster-engine.js';
import { overviewFrame } from '#domain/view/overview-grid.js';
import { ServiceLog } from '#platform/log.js';
import { FindScenes, type Scene } from '../find-scenes.js';
import { ListLayers } from '../list-layers.js';
import { OpenScene } from '../open-scene.js';

/** The newest scenes looked at for one part. */
const MOST_SCENES = 240;
const AT_ONCE = 8;

/** What a part is drawn from, and the products of it. */
export interface PartSources {
  readonly sources: readonly SceneSource[];
  readonly products: readonly string[];
}

/** Finds what a part of an overview is drawn from: the newest scenes of the collection in its first style. */
@Injectable()
export class OverviewScenes {
  constructor(
    private readonly layers: ListLayers,
    private readonly scenes: FindScenes,
    private readonly opening: OpenScene,
    private readonly log: ServiceLog,
  ) {}

  /** Throws where a scene cannot be read for the moment. */
  async execute(part: OverviewPart, signal?: AbortSignal): Promise<PartSources> {
    const { layers } = await this.layers.execute();
    const rendering = layers.find(({ name }) => name === part.collection)?.styles[0];
    if (!rendering) return { sources: [], products: [] };
    const query = { collection: part.collection, rendering, bounds: overviewFrame(part).bbox, intervals: [] };
    const { scenes } = await this.scenes.execute({ ...query, order: 'newest', limit: MOST_SCENES }, signal);
    const sources: SceneSource[] = [];
    const oldestFirst = scenes.toReversed();
    for (let at = 0; at < oldestFirst.length; at += AT_ONCE) {
      const some = await Promise.all(oldestFirst.slice(at, at + AT_ONCE).map((scene) => this.open(scene, signal)));
      sources.push(...some.filter((source) => source !== undefined));
    }
    return { sources, products: scenes.map(({ product }) => product.id) };
  }

  private async open({ product, drawing }: Scene, signal?: AbortSignal): Promise<SceneSource | undefined> {
    try {
      return await this.opening.execute(drawing, signal);
    } catch (error) {
      if (signal?.aborted || isPassingFault(error)) throw error;
      this.log.warn({ err: error, product: product.id }, 'product cannot be drawn into the overview');
      return undefined;
    }
  }
}
