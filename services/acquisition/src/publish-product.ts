import { Injectable } from '@nestjs/common';
import type { Intake } from '#domain/intake/intake.js';
import { IntakeStore } from '#domain/ports/intake-store.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { ProductStore } from '#domain/ports/product-store.js';
import { ASSET_KEYS, GRIDDED } from '#domain/product/asset.js';
import type { ProductContent } from '#domain/product/content.js';
import { productUuid } from '#domain/product/product-uuid.js';
import type { Product, ProductKey } from '#domain/product/product.js';
import { assetsInside } from './assets-inside.js';
import { deliver } from './deliver.js';
import type { Deliverable } from './deliverable.js';
import { ProductReader, type OpenedProduct } from './product-reader.js';
import { ProductTurns } from './product-turns.js';
import { ProgressReport } from './progress-report.js';

import { StoreObjects } from './store-objects.js';

/** Property (kept in `extra`) that says why a product has no picture. */
export const NOT_DRAWN = 'frombork:not_drawn';

/** Verifies an input, stores what it delivers and publishes it: from `received` to `published`, `unchanged` or (where the pictures are there already) `drawn`. */
@Injectable()
export class PublishProduct {
  constructor(
    private readonly reader: ProductReader,
    private readonly objects: StoreObjects,
    private readonly catalog: ProductCatalog,
    private readonly products: ProductStore,
    private readonly intakes: IntakeStore,
    private readonly turns: ProductTurns,
  ) {}

  async execute(intake: Intake, signal: AbortSignal): Promise<void> {
    const opened = await this.reader.open(intake);
    try {
      await this.publish(intake, opened, signal);
    } finally {
      await opened.close();
    }
  }

  private async publish(intake: Intake, opened: OpenedProduct, signal: AbortSignal): Promise<void> {
    const { collection, id } = opened.read.product;
    const key = { collection, id };
    await this.intakes.update(intake.id, { collection, productId: id, step: 'verifying', progress: 0 });
    const deliverable = await this.verify(intake, opened, signal);
    await this.intakes.update(intake.id, { step: 'storing', progress: 0 });
    await this.turns.take(key, async () => {
      signal.throwIfAborted();
      const content = deliverable === undefined ? undefined : await this.store(key, deliverable, signal);
      const existing = await this.catalog.find(key);
      const next = withContent(opened, content, deliverable, isSame(existing?.content, content) ? existing : undefined);
      const [outcome] = await this.products.publish([next], {
        source: 'acquisition',
        requestId: intake.requestId ?? intake.id,
      });
      await this.objects.removeOthers(key, content);
      await this.finish(intake, next, outcome?.change === 'unchanged');
    });
  }

  private async verify(intake: Intake, opened: OpenedProduct, signal: AbortSignal): Promise<Deliverable | undefined> {
    const report = new ProgressReport(this.intakes, intake.id);
    const tell = (done: number, total: number): void => report.tell('verifying', done / Math.max(1, total));
    try {
      return await deliver(opened, intake.name, tell, signal);
    } finally {
      await report.end();
    }
  }

  /** Stores the content unless it is there, whole, under the same digest. */
  private async store(key: ProductKey, deliverable: Deliverable, signal: AbortSignal): Promise<ProductContent> {
    const content = this.objects.describe(key, deliverable);
    if (!(await this.objects.has(content))) await this.objects.storeContent(content, deliverable, signal);
    return content;
  }

  private async finish(intake: Intake, product: Product, unchanged: boolean): Promise<void> {
    const drawn = product.assets[ASSET_KEYS.browse] !== undefined || NOT_DRAWN in product.extra;
    if (drawn)
      await this.intakes.update(intake.id, { state: unchanged ? 'unchanged' : 'drawn', step: 'done', progress: 1 });
    else await this.intakes.update(intake.id, { state: 'published', step: 'drawing', progress: 0 });
  }
}

function isSame(existing: ProductContent | undefined, content: ProductContent | undefined): boolean {
  return (
    existing !== undefined && content !== undefined && existing.key === content.key && existing.size === content.size
  );
}

function isMadeHere(key: string): boolean {
  return key === ASSET_KEYS.browse || key === ASSET_KEYS.quicklook || key.startsWith(GRIDDED);
}

/** The product as it is published; of one that is there already with the same bytes, its pictures are kept. */
function withContent(
  { read }: OpenedProduct,
  content: ProductContent | undefined,
  deliverable: Deliverable | undefined,
  same: Product | undefined,
): Product {
  const { product } = read;
  const pictures = Object.fromEntries(Object.entries(same?.assets ?? {}).filter(([key]) => isMadeHere(key)));
  const note = same?.extra[NOT_DRAWN];
  return {
    ...product,
    uuid: productUuid(product.collection, product.id),
    online: content === undefined ? 'metadata-only' : 'online',
    assets: { ...product.assets, ...assetsInside(read, content, deliverable), ...pictures },
    extra: note === undefined ? product.extra : { ...product.extra, [NOT_DRAWN]: note },
    ...(content === undefined ? {} : { content }),
  };
}
