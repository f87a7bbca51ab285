import { Injectable } from '@nestjs/common';
import { mkdir } from 'node:fs/promises';
import { DomainError, InvalidError } from '#domain/errors.js';
import type { Intake } from '#domain/intake/intake.js';
import { BrowseMaker, type BrowseFiles, type BrowsePlan } from '#domain/ports/browse-maker.js';
import { IntakeStore } from '#domain/ports/intake-store.js';
import type { Product } from '#domain/product/product.js';
import type { OpenedProduct } from './product-reader.js';
import { ProgressReport } from './progress-report.js';
import { StoreObjects } from './store-objects.js';
import { WorkFolder } from './work-folder.js';

/** Most failed ways told. */
const MAX_TOLD = 3;

/** Has pictures made in the intake's scratch folder and stores them beside the content. */
@Injectable()
export class MakePictures {
  constructor(
    private readonly maker: BrowseMaker,
    private readonly objects: StoreObjects,
    private readonly intakes: IntakeStore,
    private readonly folder: WorkFolder,
  ) {}

  /** Tries the ways to draw it, best first. Throws InvalidError saying why there can be no picture. */
  async execute(
    intake: Intake,
    { input, read }: OpenedProduct,
    product: Product,
    signal: AbortSignal,
  ): ReturnType<StoreObjects['storePictures']> {
    if (product.content === undefined) throw new InvalidError('It has no picture: its bytes are not here.');
    const localFile = (path: string): Promise<string> =>
      'tree' in input ? input.tree.localFile(path) : Promise.resolve(input.file);
    const failures: string[] = [];
    for (const plan of read.plans) {
      try {
        const files = await this.make(intake, await plan(localFile), signal);
        return await this.objects.storePictures(product.content, files, signal);
      } catch (error) {
        if (!isHopeless(error)) throw error;
        failures.push(error.message);
      }
    }
    throw new InvalidError(
      failures.length === 0
        ? 'It has no picture: there is nothing in it to draw from.'
        : `It could not be drawn: ${failures.slice(0, MAX_TOLD).join('; ')}${failures.length > MAX_TOLD ? '; and so on' : ''}`,
    );
  }

  /** Removes what was made of a product that has been removed or replaced meanwhile. */
  async discard(product: Product, current: Product | undefined): Promise<void> {
    await this.objects.removeOthers(product, current?.content);
  }

  private async make(intake: Intake, plan: BrowsePlan, signal: AbortSignal): Promise<BrowseFiles> {
    const scratch = this.folder.scratchOf(intake.id);
    await mkdir(scratch, { recursive: true });
    const report = new ProgressReport(this.intakes, intake.id);
    try {
      return await this.maker.make(plan, scratch, { signal, progress: (done) => report.tell('drawing', done) });
    } finally {
      await report.end();
    }
  }
}

/** Whether trying the same way again cannot help; components that are away are waited for. */
function isHopeless(error: unknown): error is DomainError {
  return error instanceof DomainError && !['unavailable', 'timeout', 'conflict'].includes(error.kind);
}
