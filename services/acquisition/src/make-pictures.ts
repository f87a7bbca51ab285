import { Injectable } from '@nestjs/common';
import { mkdir } from 'node:fs/promises';
import { InvalidError } from '#domain/errors.js';
import type { Intake } from '#domain/intake/intake.js';
import { BrowseMaker, type BrowseFiles } from '#domain/ports/browse-maker.js';
import { IntakeStore } from '#domain/ports/intake-store.js';
import type { Product } from '#domain/product/product.js';
import type { OpenedProduct } from './product-reader.js';
import { reportProgress } from './report-progress.js';
import { StoreObjects } from './store-objects.js';
import { WorkFolder } from './work-folder.js';

/** Has pictures made in the intake's scratch folder and stores them beside the content. */
@Injectable()
export class MakePictures {
  constructor(
    private readonly maker: BrowseMaker,
    private readonly objects: StoreObjects,
    private readonly intakes: IntakeStore,
    private readonly folder: WorkFolder,
  ) {}

  /** Throws InvalidError saying why there can be no picture. */
  async execute(
    intake: Intake,
    { input, read }: OpenedProduct,
    product: Product,
    signal: AbortSignal,
  ): ReturnType<StoreObjects['storePictures']> {
    if (typeof read.draw === 'string') throw new InvalidError(`It has no picture: ${read.draw}.`);
    if (product.content === undefined) throw new InvalidError('It has no picture: its bytes are not here.');
    const localFile = (path: string): Promise<string> =>
      'tree' in input ? input.tree.localFile(path) : Promise.resolve(input.file);
    const scratch = this.folder.scratchOf(intake.id);
    await mkdir(scratch, { recursive: true });
    const progress = reportProgress(this.intakes, intake.id);
    const files: BrowseFiles = await this.maker.make(await read.draw(localFile), scratch, {
      signal,
      progress: (done) => progress('drawing', done),
    });
    return this.objects.storePictures(product.content, files, signal);
  }
}
