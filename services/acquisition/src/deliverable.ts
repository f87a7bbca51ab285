import { createReadStream } from 'node:fs';
import type { Digest } from '#domain/product/digest.js';
import type { ProductNode } from '#domain/product/content.js';
import { layoutStoreZip, writeStoreZip } from '#protocols/zip/store-zip.js';
import { measure } from './digest-stream.js';
import type { ProductTree, ZippedFile } from './product-tree.js';

/** What a download will deliver, before it is stored. Reading it twice gives the same bytes. */
export interface Deliverable {
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
  /** `sha-256` and `md5` of the whole. */
  readonly digests: readonly Digest[];
  readonly nodes?: readonly ProductNode[];
  read(): AsyncIterable<Uint8Array>;
}

/** CRC-32 of each file by path, and the digest its manifest gave (and we found right). */
export type CheckedFiles = ReadonlyMap<string, { readonly crc32: number; readonly digest?: Digest }>;

/** A file delivered as it came. */
export async function deliverFile(file: string, fileName: string, mediaType: string): Promise<Deliverable> {
  const read = (): AsyncIterable<Uint8Array> => createReadStream(file, { highWaterMark: 1 << 20 });
  const { size, digests } = await measure(read(), ['sha-256', 'md5']);
  return { fileName, mediaType, size, digests, read };
}

/** A zip delivered as it came, with the place of each file in it. */
export async function deliverZip(
  file: string,
  fileName: string,
  files: readonly ZippedFile[],
  checked: CheckedFiles,
): Promise<Deliverable> {
  const whole = await deliverFile(file, fileName, 'application/zip');
  const nodes = files.map(({ path, size, crc32, method, offset, storedSize }) =>
    withDigest({ path, size, crc32, method, offset, storedSize }, checked),
  );
  return { ...whole, nodes };
}

/** A folder delivered as a zip without compression, the same bytes for the same files. */
export async function deliverFolder(tree: ProductTree, checked: CheckedFiles): Promise<Deliverable> {
  const layout = layoutStoreZip(
    tree.files.map(({ path, size }) => ({ path, size, crc32: checked.get(path)?.crc32 ?? 0 })),
  );
  const read = (): AsyncIterable<Uint8Array> => writeStoreZip(layout, (entry) => readFileOf(tree, entry.path));
  const nodes = layout.entries
    .filter((entry) => !entry.path.endsWith('/'))
    .map(({ path, size, crc32, offset }) =>
      withDigest({ path, size, crc32, offset, method: 0, storedSize: size }, checked),
    );
  const { size, digests } = await measure(read(), ['sha-256', 'md5']);
  return { fileName: `${tree.root}.zip`, mediaType: 'application/zip', size, digests, nodes, read };
}

async function* readFileOf(tree: ProductTree, path: string): AsyncGenerator<Uint8Array> {
  yield* await tree.open(path);
}

function withDigest(node: ProductNode, checked: CheckedFiles): ProductNode {
  const digest = checked.get(node.path)?.digest;
  return digest === undefined ? node : { ...node, digest };
}
