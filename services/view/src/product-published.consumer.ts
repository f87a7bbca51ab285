import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { z } from 'zod';
import type { DomainEvent } from '#domain/event/event.js';
import { EventBus, type RunningSubscription } from '#domain/ports/event-bus.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { RasterEngine } from '#domain/ports/raster-engine.js';
import { boundingBoxOf } from '#domain/geometry/bounding-box.js';
import { ListLayers } from './list-layers.js';
import { OverviewWorker } from './overviews/overview-worker.js';
import { SceneChanges } from './memory/scene-changes.js';

const productEvent = z.object({ collection: z.string(), id: z.string() });

/**
 * Forgets what is cached of a product that changed. Sources are named by version, so a map is right without this;
 * it frees memory and shows new layers at once, in the instance that gets the event.
 */
@Injectable()
export class ProductPublishedConsumer implements OnApplicationBootstrap, OnApplicationShutdown {
  private subscription: RunningSubscription | undefined;

  constructor(
    private readonly bus: EventBus,
    private readonly catalog: ProductCatalog,
    private readonly engine: RasterEngine,
    private readonly layers: ListLayers,
    private readonly changes: SceneChanges,
    private readonly overviews: OverviewWorker,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.subscription = await this.bus.subscribe({
      name: 'view-product-changes',
      pattern: 'frombork.product.>',
      handler: (event) => this.handle(event),
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.subscription?.stop();
  }

  private async handle(event: DomainEvent): Promise<void> {
    this.layers.forget();
    const { collection, id } = productEvent.parse(event.data);
    const product = await this.catalog.find({ collection, id });
    const bounds = product?.geometry ? boundingBoxOf(product.geometry) : undefined;
    this.changes.note({ collection, product: id, ...(bounds && { bounds }) });
    await this.overviews.note({ collection, id }, bounds);
    for (const { location } of Object.values(product?.assets ?? {})) if (location) this.engine.forget(location.key);
  }
}
