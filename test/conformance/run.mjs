// npm run conformance -- <suite>: one suite of test/conformance by name.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, projectNode } from '../../services/all-in-one/ensure-installed.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(dirname(HERE));
const [suite, ...rest] = process.argv.slice(2);
const suites = readdirSync(HERE)
  .filter((file) => file.endsWith('.mjs') && file !== 'run.mjs')
  .map((file) => file.slice(0, -4));

if (suite === undefined || !existsSync(join(HERE, `${suite}.mjs`))) {
  console.log(`npm run conformance -- <suite>\n\nSuites: ${suites.join(', ')}`);
  process.exit(suite === undefined || suite === '--help' ? 0 : 1);
}
ensureInstalled(ROOT);
process.exit(
  spawnSync(projectNode(ROOT), [join(HERE, `${suite}.mjs`), ...rest], { cwd: ROOT, stdio: 'inherit' }).status ?? 1,
);
