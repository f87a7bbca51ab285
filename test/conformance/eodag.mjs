// npm run conformance -- eodag [door|all] [address of a mirror]: the real eodag searches, pages, reads and downloads through a door of the mirror.
// Without an address an all-in-one mirror with the demo archive is started. Doors are the provider configurations in test/conformance/eodag.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDemoMirror } from './mirror/start-demo-mirror.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(dirname(HERE));
const VENV = join(ROOT, 'dist', 'tools', 'eodag');
const EODAG = 'eodag==4.10.1';

const [asked = 'all', given] = process.argv.slice(2);
const known = readdirSync(join(HERE, 'eodag'))
  .filter((file) => file.endsWith('.yml'))
  .map((file) => file.slice(0, -4));
const doors = asked === 'all' ? known : [asked];
if (!doors.every((door) => known.includes(door))) {
  console.error(`npm run conformance -- eodag [${['all', ...known].join('|')}] [address of a mirror]`);
  process.exit(1);
}
if (!existsSync(join(VENV, 'bin', 'eodag'))) {
  run('python3', ['-m', 'venv', VENV]);
  run(join(VENV, 'bin', 'pip'), ['install', '--quiet', EODAG]);
}
const mirror =
  given === undefined ? await startDemoMirror() : { address: given.replace(/\/$/, ''), stop: () => undefined };
const failed = doors.filter((door) => {
  const check = [join(HERE, 'eodag', 'check.py'), door, mirror.address];
  return spawnSync(join(VENV, 'bin', 'python'), check, { stdio: 'inherit' }).status !== 0;
});
await mirror.stop();
if (failed.length > 0) console.error(`failed: ${failed.join(', ')}`);
process.exit(failed.length);

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status === 0) return;
  console.error(error?.message ?? `${command} ended with ${status}`);
  process.exit(1);
}
