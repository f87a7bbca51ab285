import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, projectNode } from './ensure-installed.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const SERVICE = process.argv[2] ?? 'all-in-one';
const MAIN = join(ROOT, 'dist', 'services', SERVICE, 'src', 'main.js');

ensureInstalled(ROOT);
if (isStale()) build();
const child = spawn(projectNode(ROOT), ['--enable-source-maps', MAIN, ...process.argv.slice(3)], {
  cwd: ROOT,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 0 : 1)));

/** Whether a source is newer than the last build. */
function isStale() {
  const stamp = join(ROOT, 'dist', '.tsbuildinfo');
  if (!existsSync(MAIN) || !existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  return ['libs', 'services', 'test'].some((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }).some(
      (entry) =>
        entry.isFile() && entry.name.endsWith('.ts') && statSync(join(entry.parentPath, entry.name)).mtimeMs > built,
    ),
  );
}

function build() {
  console.log('Building ...');
  const run = spawnSync(
    projectNode(ROOT),
    [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json'],
    { cwd: ROOT, stdio: 'inherit' },
  );
  if (run.status !== 0) process.exit(run.status ?? 1);
}
