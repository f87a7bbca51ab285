import { Injectable } from '@nestjs/common';
import { InvalidError } from '#domain/errors.js';
import type { Intake } from '#domain/intake/intake.js';
import { IntakeStore } from '#domain/ports/intake-store.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { ProductStore } from '#domain/ports/product-store.js';
import type { Product } from '#domain/product/product.js';
import { MakePictures } from './make-pictures.js';
import { ProductReader } from './product-reader.js';
import { NOT_DRAWN } from './publish-product.js';

/** Makes the pictures of a published product and publishes it again with them: from `published` to `drawn`. A product that cannot be drawn stays, and says why. */
@Injectable()
export class DrawProduct {
  constructor(
    private readonly reader: ProductReader,
    private readonly pictures: MakePictures,
    private readonly catalog: ProductCatalog,
    private readonly products: ProductStore,
    private readonly intakes: IntakeStore,
  ) {}

  async execute(intake: Intake, signal: AbortSignal): Promise<void> {
    const product = await this.find(intake);
    if (product === undefined) return this.finish(intake, 'It was removed before it could be drawn.');
    const result = await this.draw(intake, product, signal);
    const change =
      typeof result === 'string'
        ? { extra: { ...product.extra, [NOT_DRAWN]: result } }
        : { assets: { ...product.assets, ...result } };
    await this.products.publish([{ ...product, ...change }], {
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

  /** The pictures as assets, or why there are none. */
  private async draw(
    intake: Intake,
    product: Product,
    signal: AbortSignal,
  ): Promise<Awaited<ReturnType<MakePictures['execute']>> | string> {
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
