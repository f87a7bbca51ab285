import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { OverviewIndex } from '#domain/ports/overview-index.js';
import { overviewBase, overviewPlaces } from '#domain/view/overview-grid.js';
import { ServiceLog } from '#platform/log.js';
import { ListLayers } from '../list-layers.js';
import { MAP_CONFIG, type MapConfig } from '../view.config.js';
import { BuildOverviews } from './build-overviews.js';

const PAUSE_MS = 2000;
const PAUSE_AFTER_FAULT_MS = 30_000;

/** Keeps overviews up: has the parts that a product touches built again some time after, and builds one after another in the background. */
@Injectable()
export class OverviewWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private readonly delay: number;

  constructor(
    private readonly index: OverviewIndex,
    private readonly building: BuildOverviews,
    private readonly layers: ListLayers,
    private readonly log: ServiceLog,
    @Inject(MAP_CONFIG) config: MapConfig,
  ) {
    this.delay = config.VIEW_OVERVIEW_SECONDS;
  }

  onApplicationBootstrap(): void {
    if (this.delay > 0) this.running = this.run();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** A product came, changed or went; `bounds` where its place is known. */
  async note(product: { readonly collection: string; readonly id: string }, bounds?: BoundingBox): Promise<void> {
    if (this.delay === 0) return;
    if (bounds) await this.touch(product.collection, bounds);
    await this.index.touchProduct(product, this.delay);
  }

  private async touch(collection: string, bounds: BoundingBox): Promise<void> {
    const places = overviewPlaces(bounds, overviewBase(collection));
    const parts = places.map((place) => ({ ...place, collection }));
    await this.index.touch(parts, this.delay);
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    const quietly = { signal, ref: false };
    await this.once(() => this.begin());
    while (!signal.aborted) {
      const [more, wait] = await this.once(() => this.building.execute(signal));
      if (more !== true) await sleep(wait, undefined, quietly).catch(() => undefined);
    }
  }

  /** Collections never heard of get all their parts built. */
  private async begin(): Promise<void> {
    // An archive that is still empty at this moment is not to be remembered as such.
    const { layers } = await this.layers.read();
    for (const { name, bbox } of layers) if (!(await this.index.knows(name))) await this.touch(name, bbox);
  }

  private async once<T>(work: () => Promise<T>): Promise<readonly [T | undefined, number]> {
    try {
      return [await work(), PAUSE_MS];
    } catch (error) {
      if (!this.stopping.signal.aborted) this.log.warn({ err: error }, 'an overview cannot be built');
      return [undefined, PAUSE_AFTER_FAULT_MS];
    }
  }
}
