import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InvalidError } from '#domain/errors.js';
import type { ProductTree, TreeFile } from './product-tree.js';

/** Most files a product may have; real ones have a few hundred. */
export const MAX_FILES = 20_000;

/** A product in a folder. Links are refused: what is delivered is what lies in the folder. */
export async function openFolderTree(folder: string): Promise<ProductTree> {
  const parent = dirname(folder);
  const files: TreeFile[] = [];
  await walk(folder, basename(folder), files);
  return {
    root: basename(folder),
    files,
    open: (path) => Promise.resolve(createReadStream(join(parent, path), { highWaterMark: 1 << 18 })),
    localFile: (path) => Promise.resolve(join(parent, path)),
    close: () => Promise.resolve(),
  };
}

async function walk(folder: string, path: string, files: TreeFile[]): Promise<void> {
  const names = (await readdir(folder)).toSorted();
  if (names.length === 0) files.push({ path: `${path}/`, size: 0 });
  for (const name of names) {
    const info = await lstat(join(folder, name));
    const child = `${path}/${name}`;
    if (info.isDirectory()) await walk(join(folder, name), child, files);
    else if (info.isFile()) files.push({ path: child, size: info.size });
    else
      throw new InvalidError(`${child} is a link or a special file; only files and folders are taken in.`, {
        subject: child,
      });
    if (files.length > MAX_FILES) throw new InvalidError(`The product has more than ${MAX_FILES} files.`);
  }
}
