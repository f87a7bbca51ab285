import { lstat, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { InvalidError } from '#domain/errors.js';
import { openFolderTree } from './folder-tree.js';
import type { ProductTree } from './product-tree.js';
import { openZipTree, type ZipTree } from './zip-tree.js';

/** What an intake's input turned out to be. A single file is a NetCDF product or a STAC Item without assets of its own. */
export type OpenedInput =
  | { readonly kind: 'folder'; readonly tree: ProductTree }
  | { readonly kind: 'zip'; readonly tree: ZipTree; readonly file: string }
  | { readonly kind: 'netcdf'; readonly file: string }
  | { readonly kind: 'stac-item'; readonly file: string };

const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');
const HDF5 = Buffer.from('\u0089HDF\r\n\u001a\n', 'latin1');

/** Opens an input by what it is, not by what it is called. Throws InvalidError saying what was expected. */
export async function openInput(path: string, scratch: string, maxBytes: number): Promise<OpenedInput> {
  const info = await lstat(path);
  if (!info.isDirectory() && !info.isFile())
    throw new InvalidError(`${basename(path)} is a link or a special file; only files and folders are taken in.`);
  if (info.isDirectory()) return { kind: 'folder', tree: await openFolderTree(path) };
  const head = await firstBytes(path);
  if (head.subarray(0, 4).equals(ZIP))
    return { kind: 'zip', tree: await openZipTree(path, scratch, maxBytes), file: path };
  if (head.equals(HDF5)) return { kind: 'netcdf', file: path };
  if (/^\s*\{/.test(head.toString('latin1'))) return { kind: 'stac-item', file: path };
  throw new InvalidError(
    `${basename(path)} is neither a SAFE or SEN3 folder, nor a zip, nor a NetCDF-4 file, nor a STAC Item. If it is a transfer that was cut short, send it again.`,
  );
}

async function firstBytes(path: string): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
