import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BrowseMaker, type BrowseFiles, type BrowsePlan } from '#domain/ports/browse-maker.js';
import type { IngestRun, IngestWorkers } from './ingest-workers.js';

/** Makes browse COGs and quick-looks in worker threads, without GDAL. A failed or cancelled product leaves nothing in the folder. */
export class RasterBrowseMaker extends BrowseMaker {
  constructor(
    private readonly workers: IngestWorkers,
    private readonly settings: { resolution: number; maxSide: number },
  ) {
    super();
  }

  async make(plan: BrowsePlan, folder: string, options: IngestRun = {}): Promise<BrowseFiles> {
    try {
      return await this.workers.run({ kind: 'browse', plan, folder, ...this.settings }, options);
    } catch (error) {
      const left = (await readdir(folder)).filter((name) => /^(browse\.tif|quicklook\.jpg|values-)/.test(name));
      await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
      throw error;
    }
  }
}
