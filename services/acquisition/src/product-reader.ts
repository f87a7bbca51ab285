import { Inject, Injectable } from '@nestjs/common';
import type { Intake } from '#domain/intake/intake.js';
import { NetcdfReader } from '#domain/ports/netcdf-reader.js';
import { ACQUISITION_CONFIG, type AcquisitionConfig } from './acquisition.config.js';
import { openInput, type OpenedInput } from './open-input.js';
import type { ReadProduct } from './read-product.js';
import { isItemTree, readItemTree, readLoneItem } from './read-stac-item.js';
import { isSentinelTree, readSentinelNetcdf, readSentinelTree } from './read-sentinel.js';
import { WorkFolder } from './work-folder.js';

/** An input opened and read; to be closed. */
export interface OpenedProduct {
  readonly input: OpenedInput;
  readonly read: ReadProduct;
  close(): Promise<void>;
}

/** Opens an intake's input and reads what it is: a Sentinel product or a STAC Item. Throws InvalidError with a reason a person understands. */
@Injectable()
export class ProductReader {
  constructor(
    @Inject(ACQUISITION_CONFIG) private readonly config: AcquisitionConfig,
    private readonly folder: WorkFolder,
    private readonly netcdf: NetcdfReader,
  ) {}

  async open(intake: Intake): Promise<OpenedProduct> {
    const input = await openInput(intake.path, this.folder.scratchOf(intake.id), this.config.ACQUISITION_MAX_BYTES);
    const close = (): Promise<void> => ('tree' in input ? input.tree.close() : Promise.resolve());
    try {
      return { input, read: await this.read(input, intake.name), close };
    } catch (error) {
      await close();
      throw error;
    }
  }

  private async read(input: OpenedInput, name: string): Promise<ReadProduct> {
    if (input.kind === 'stac-item') return readLoneItem(input.file);
    if (input.kind === 'netcdf') return readSentinelNetcdf(this.netcdf, input.file);
    return isSentinelTree(input.tree) || !isItemTree(input.tree)
      ? readSentinelTree(input.tree, name)
      : readItemTree(input.tree);
  }
}
