import { basename } from 'node:path';
import { deliverFile, deliverFolder, deliverZip, type Deliverable } from './deliverable.js';
import type { OpenedProduct } from './product-reader.js';
import { verifyFiles, type Progress } from './verify-files.js';

/** Verifies an opened product to the last byte and says what a download of it gives; nothing for an item whose assets are elsewhere. */
export async function deliver(
  opened: OpenedProduct,
  name: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<Deliverable | undefined> {
  const { input, read } = opened;
  switch (input.kind) {
    case 'stac-item':
      return undefined;
    case 'netcdf':
      return deliverFile(input.file, basename(input.file), 'application/x-netcdf');
    case 'zip':
      return deliverZip(
        input.file,
        /\.zip$/i.test(name) ? name : `${name}.zip`,
        input.tree.files,
        await verifyFiles(input.tree, read.expected, progress, signal),
      );
    case 'folder':
      return deliverFolder(input.tree, await verifyFiles(input.tree, read.expected, progress, signal));
  }
}
