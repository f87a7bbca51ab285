import type { BigIntStats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from './file-error.js';
import { isObjectKey } from './object-key.js';

/** A file met on the walk; its key is the path below the root. */
export interface WalkedKey {
  readonly key: string;
  readonly stats: BigIntStats;
}

/** The regular files below a folder whose key begins with the prefix, in the order of their keys (bytes); links and names no key can have are passed over. */
export async function* walkKeys(root: string, prefix: string, folder = ''): AsyncGenerator<WalkedKey> {
  for (const key of await sortedEntries(root, folder)) {
    if (key.endsWith('/')) {
      if (key.startsWith(prefix) || prefix.startsWith(key)) yield* walkKeys(root, prefix, key);
      continue;
    }
    const stats = key.startsWith(prefix) ? await unlessGone(lstat(join(root, key), { bigint: true })) : undefined;
    if (stats?.isFile() === true) yield { key, stats };
  }
}

/** A folder sorts as its name with the slash: `a-b` and `a.c` come before what is in `a/`. */
async function sortedEntries(root: string, folder: string): Promise<readonly string[]> {
  const entries = (await unlessGone(readdir(join(root, folder), { withFileTypes: true }))) ?? [];
  return entries
    .filter((entry) => (entry.isFile() || entry.isDirectory()) && isObjectKey(entry.name))
    .map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`)
    .sort((a, b) => (a < b ? -1 : 1));
}

/** What another process removes during the walk is no longer to be listed. */
async function unlessGone<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
