import { InvalidError } from '#domain/errors.js';
import type { Digest } from '#domain/product/digest.js';
import type { CheckedFiles } from './deliverable.js';
import { measure } from './digest-stream.js';
import type { ProductTree, TreeFile } from './product-tree.js';

/** A file the manifest names, by path inside the tree. */
export interface ExpectedFile {
  readonly path: string;
  readonly size?: number;
  readonly digest?: Digest;
}

/** Told after each file: bytes read so far of all. */
export type Progress = (done: number, total: number) => void;

/**
 * Reads every file once: sizes and checksums against what the manifest says, CRC-32 for the zip. Throws InvalidError naming
 * the first file that is missing, too short or damaged.
 */
export async function verifyFiles(
  tree: ProductTree,
  expected: readonly ExpectedFile[],
  progress: Progress,
  signal: AbortSignal,
): Promise<CheckedFiles> {
  const wanted = new Map(expected.map((file) => [file.path, file]));
  const present = new Map(tree.files.map((file) => [file.path, file]));
  for (const file of expected) requirePresent(present, file);
  const total = tree.files.reduce((sum, file) => sum + file.size, 0);
  const checked = new Map<string, { crc32: number; digest?: Digest }>();
  let done = 0;
  for (const file of tree.files.filter(({ path }) => !path.endsWith('/'))) {
    signal.throwIfAborted();
    checked.set(file.path, await verifyFile(tree, file.path, wanted.get(file.path)?.digest));
    done += file.size;
    progress(done, total);
  }
  return checked;
}

function requirePresent(present: ReadonlyMap<string, TreeFile>, expected: ExpectedFile): void {
  const file = present.get(expected.path);
  if (file === undefined)
    throw new InvalidError(`The manifest names ${expected.path}, which is not in the product.`, {
      subject: expected.path,
    });
  if (expected.size !== undefined && expected.size !== file.size) {
    throw new InvalidError(
      `${expected.path} has ${file.size} bytes, the manifest says ${expected.size}: it was cut short or changed.`,
      { subject: expected.path },
    );
  }
}

async function verifyFile(
  tree: ProductTree,
  path: string,
  expected: Digest | undefined,
): Promise<{ crc32: number; digest?: Digest }> {
  const { crc32, digests } = await measure(await tree.open(path), expected === undefined ? [] : [expected.algorithm]);
  if (expected === undefined) return { crc32 };
  if (digests[0]?.value !== expected.value.toLowerCase()) {
    throw new InvalidError(
      `${path} is damaged: its ${expected.algorithm.toUpperCase()} is ${digests[0]?.value}, the manifest says ${expected.value}.`,
      { subject: path },
    );
  }
  return { crc32, digest: expected };
}
