import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The project compiled as it is now, apart from `dist`: for tests of what only runs compiled (threads). */
export interface CompiledProject {
  /** Where a source file ended, e.g. `test/support/embedded-writer.ts`. */
  path(source: string): string;
  remove(): Promise<void>;
}

/** Compiles into a temporary folder. Throws where nothing came out; type errors are the type check's business. */
export async function compileProject(): Promise<CompiledProject> {
  const folder = await mkdtemp(join(tmpdir(), 'frombork-compiled-'));
  await copyFile('package.json', join(folder, 'package.json'));
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  const compiler = resolve('node_modules/typescript/bin/tsc');
  const options = [
    '-p',
    'tsconfig.json',
    '--outDir',
    join(folder, 'dist'),
    '--incremental',
    'false',
    '--tsBuildInfoFile',
    'null',
  ];
  const { stdout } = spawnSync(process.execPath, [compiler, ...options], { encoding: 'utf8' });
  if (!existsSync(join(folder, 'dist/libs'))) throw new Error(`nothing was compiled:\n${stdout}`);
  return {
    path: (source) => join(folder, 'dist', source.replace(/\.ts$/, '.js')),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
