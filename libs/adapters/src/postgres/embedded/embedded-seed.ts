import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The parts of an embedded database's folder: the cluster, the slim PostGIS bundle, and the mark that both are whole. */
export const EMBEDDED_PARTS = { data: 'data', bundle: 'postgis.tar.gz', whole: 'whole' } as const;

const COPIED = [EMBEDDED_PARTS.data, EMBEDDED_PARTS.bundle];

/**
 * Removes what a first start that was killed left, then plants a copy of the cluster an earlier first start kept, if there is one.
 * Making a cluster with PostGIS takes ten seconds, copying it a fraction of one. Returns whether the folder now holds a whole cluster.
 */
export async function plantSeed(folder: string): Promise<boolean> {
  if (existsSync(join(folder, EMBEDDED_PARTS.whole))) return true;
  for (const part of COPIED) await rm(join(folder, part), { recursive: true, force: true });
  const seed = await seedFolder();
  if (!existsSync(seed)) return false;
  for (const part of COPIED) await cp(join(seed, part), join(folder, part), { recursive: true });
  await markWhole(folder);
  return true;
}

/** Says that the folder holds a whole cluster. */
export async function markWhole(folder: string): Promise<void> {
  await writeFile(join(folder, EMBEDDED_PARTS.whole), '', { flush: true });
}

/** Keeps a copy of an empty cluster, just checkpointed, for later first starts; where it cannot be written there is none. */
export async function keepSeed(folder: string): Promise<void> {
  const seed = await seedFolder();
  try {
    await mkdir(dirname(seed), { recursive: true });
    const making = await mkdtemp(`${seed}-`);
    for (const part of COPIED) await cp(join(folder, part), join(making, part), { recursive: true });
    // Another process may have been quicker; its seed is as good.
    await rename(making, seed).catch(() => rm(making, { recursive: true }));
  } catch {
    // An installation nobody may write to starts slowly the first time, no more.
  }
}

/** Beside the packages it was made with, and named after their versions. */
async function seedFolder(): Promise<string> {
  const require = createRequire(import.meta.url);
  const versions: string[] = [];
  let modules = '';
  for (const name of ['@electric-sql/pglite', '@electric-sql/pglite-postgis']) {
    const root = join(dirname(require.resolve(name)), '..');
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    versions.push(version);
    modules = join(root, '../..');
  }
  return join(modules, '.cache/frombork', `embedded-database-${versions.join('-')}`);
}
