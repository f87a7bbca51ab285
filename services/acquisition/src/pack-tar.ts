import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack, type Pack } from 'tar-stream';
import { openFolderTree } from './folder-tree.js';

/** Streams a folder as a tar whose paths begin with the folder's name. */
export function packFolder(folder: string): Readable {
  return packing(async (tar) => {
    const tree = await openFolderTree(resolve(folder));
    for (const { path, size } of tree.files) {
      if (path.endsWith('/')) await addEntry(tar, { name: path, type: 'directory' }, undefined);
      else await addEntry(tar, { name: path, size }, await tree.open(path));
    }
  });
}

/** A STAC Item with the assets it names by relative paths, as a tar of a folder named after the item; an item whose assets are all elsewhere travels alone. */
export async function packStacItem(file: string): Promise<{ name: string; body: Readable }> {
  const item = JSON.parse(await readFile(file, 'utf8')) as {
    id?: unknown;
    assets?: Record<string, { href?: unknown }>;
  };
  const hrefs = Object.values(item.assets ?? {}).flatMap(({ href }) =>
    typeof href === 'string' && !/^[a-z][a-z0-9+.-]*:|^\//i.test(href) ? [href] : [],
  );
  if (hrefs.length === 0) return { name: basename(file), body: createReadStream(file) };
  const folder = typeof item.id === 'string' ? item.id : basename(file, '.json');
  const base = dirname(resolve(file));
  const paths = [
    ...new Set([basename(file), ...hrefs.map((href) => relative(base, resolve(base, decodeURIComponent(href))))]),
  ];
  const body = packing(async (tar) => {
    for (const path of paths) {
      if (path.startsWith('..')) throw new Error(`The item names ${path}, which is outside its folder.`);
      const { size } = await stat(join(base, path));
      await addEntry(tar, { name: `${folder}/${path}`, size }, createReadStream(join(base, path)));
    }
  });
  return { name: `${folder}.tar`, body };
}

function packing(work: (tar: Pack) => Promise<void>): Readable {
  const tar = pack();
  work(tar).then(
    () => tar.finalize(),
    (error: unknown) => tar.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return Readable.from(tar as AsyncIterable<Uint8Array>);
}

function addEntry(
  tar: Pack,
  header: { name: string; size?: number; type?: 'directory' },
  content: Readable | undefined,
): Promise<void> {
  if (content === undefined) {
    tar.entry(header);
    return Promise.resolve();
  }
  return pipeline(content, tar.entry(header));
}
