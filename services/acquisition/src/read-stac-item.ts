import { readFile, stat } from 'node:fs/promises';
import { InvalidError } from '#domain/errors.js';
import { drawableAssets, parseValidItem } from '#protocols/stac/stac-item-read.js';
import type { ProductTree } from './product-tree.js';
import type { LocalFile, ReadProduct } from './read-product.js';

const MAX_ITEM_BYTES = 16 * 1024 * 1024;

/** A STAC Item in a file of its own; its assets are elsewhere. */
export async function readLoneItem(file: string): Promise<ReadProduct> {
  if ((await stat(file)).size > MAX_ITEM_BYTES) throw new InvalidError(`A STAC Item may have ${MAX_ITEM_BYTES} bytes.`);
  const { product, files } = parseValidItem(parseJson(await readFile(file, 'utf8')));
  const [missing] = files;
  if (missing !== undefined) {
    throw new InvalidError(
      `The asset ${missing[0]} is the file ${missing[1]}, which did not come along: send the item's folder.`,
      { subject: missing[0] },
    );
  }
  return { product, expected: [], assetFiles: new Map(), plans: [] };
}

/** A STAC Item and its assets in one folder or zip: exactly one JSON document at the top. */
export async function readItemTree(tree: ProductTree): Promise<ReadProduct> {
  const { product, files } = parseValidItem(parseJson(await textOf(tree, itemPathOf(tree))));
  const folder = itemPathOf(tree).replace(/[^/]*$/, '');
  const present = new Set(tree.files.map(({ path }) => path));
  const assetFiles = new Map([...files].map(([key, path]) => [key, `${folder}${path}`]));
  for (const [key, path] of assetFiles) {
    if (!present.has(path))
      throw new InvalidError(`The item names ${path} as its asset ${key}, which is not in the product.`, {
        subject: key,
      });
  }
  const drawable = drawableAssets(product.assets).find((key) => assetFiles.has(key));
  const path = drawable === undefined ? undefined : assetFiles.get(drawable);
  const plans =
    path === undefined
      ? []
      : [async (localFile: LocalFile) => ({ kind: 'geotiff', file: await localFile(path) }) as const];
  return { product, expected: [...assetFiles.values()].map((file) => ({ path: file })), assetFiles, plans };
}

/** Whether a tree is a STAC Item with its assets. */
export function isItemTree(tree: ProductTree): boolean {
  return documentsOf(tree).length > 0;
}

function itemPathOf(tree: ProductTree): string {
  const [path, ...others] = documentsOf(tree);
  if (path === undefined || others.length > 0)
    throw new InvalidError('A STAC Item comes in a folder with exactly one .json file at its top.');
  return path;
}

function documentsOf(tree: ProductTree): readonly string[] {
  return tree.files
    .map(({ path }) => path)
    .filter((path) => /\.(json|geojson)$/i.test(path) && path.replace(`${tree.root}/`, '').indexOf('/') < 0);
}

async function textOf(tree: ProductTree, path: string): Promise<string> {
  const size = tree.files.find((file) => file.path === path)?.size ?? 0;
  if (size > MAX_ITEM_BYTES) throw new InvalidError(`${path} is too large for a STAC Item.`, { subject: path });
  return Buffer.concat(await Array.fromAsync((await tree.open(path)) as AsyncIterable<Uint8Array>)).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidError('The STAC Item is not JSON; it may be cut short.', { cause: error });
  }
}
