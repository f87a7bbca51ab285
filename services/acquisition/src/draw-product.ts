import { Injectable } from '@nestjs/common';
import { InvalidError } from '#domain/errors.js';
import type { Intake } from '#domain/intake/intake.js';
import { IntakeStore } from '#domain/ports/intake-store.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { ProductStore } from '#domain/ports/product-store.js';
import type { Product } from '#domain/product/product.js';
import { MakePictures } from './make-pictures.js';
import { ProductReader } from './product-reader.js';
import { ProductTurns } from './product-turns.js';
import { NOT_DRAWN } from './publish-product.js';

/** The pictures as assets, or why there are none. */
type Drawn = Awaited<ReturnType<MakePictures['execute']>> | string;

/** Makes the pictures of a published product and publishes it again with them: from `published` to `drawn`. A product that cannot be drawn stays, and says why. */
@Injectable()
export class DrawProduct {
  constructor(
    private readonly reader: ProductReader,
    private readonly pictures: MakePictures,
    private readonly catalog: ProductCatalog,
    private readonly products: ProductStore,
    private readonly intakes: IntakeStore,
    private readonly turns: ProductTurns,
  ) {}

  async execute(intake: Intake, signal: AbortSignal): Promise<void> {
    const product = await this.find(intake);
    if (product === undefined) return this.finish(intake, 'It was removed before it could be drawn.');
    const result = await this.draw(intake, product, signal);
    await this.turns.take(product, () => this.add(result, product, intake));
  }

  /** Drawing takes minutes: what was removed or replaced meanwhile gets no pictures, and those made go. */
  private async add(result: Drawn, product: Product, intake: Intake): Promise<void> {
    const current = await this.find(intake);
    if (current === undefined || current.content?.key !== product.content?.key) {
      await this.pictures.discard(product, current);
      return this.finish(intake, 'It was removed or replaced while it was drawn.');
    }
    const change =
      typeof result === 'string'
        ? { extra: { ...current.extra, [NOT_DRAWN]: result } }
        : { assets: { ...current.assets, ...result } };
    await this.products.publish([{ ...current, ...change }], {
      source: 'acquisition',
      requestId: intake.requestId ?? intake.id,
    });
    await this.finish(intake, typeof result === 'string' ? result : undefined);
  }

  private async find({ collection, productId }: Intake): Promise<Product | undefined> {
    return collection === undefined || productId === undefined
      ? undefined
      : this.catalog.find({ collection, id: productId });
  }

  private async draw(intake: Intake, product: Product, signal: AbortSignal): Promise<Drawn> {
    const opened = await this.reader.open(intake);
    try {
      return await this.pictures.execute(intake, opened, product, signal);
    } catch (error) {
      if (error instanceof InvalidError) return error.message;
      throw error;
    } finally {
      await opened.close();
    }
  }

  private async finish(intake: Intake, reason: string | undefined): Promise<void> {
    await this.intakes.update(intake.id, {
      state: 'drawn',
      step: 'done',
      progress: 1,
      ...(reason === undefined ? {} : { reason }),
    });
  }
}
