// npm run conformance -- stac-clients [address of a mirror]: pystac-client searches the STAC API and odc-stac loads a cube of three scenes from it, in a
// Python venv of their own. Without an address an all-in-one mirror with the demo archive is started.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDemoMirror } from './mirror/start-demo-mirror.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const VENV = join(dirname(dirname(HERE)), 'dist', 'tools', 'stac-clients');
const CLIENTS = ['pystac-client==0.9.1', 'odc-stac==0.5.3'];

const [given] = process.argv.slice(2);
if (!existsSync(join(VENV, 'installed'))) {
  run('python3', ['-m', 'venv', VENV]);
  run(join(VENV, 'bin', 'pip'), ['install', '--quiet', ...CLIENTS]);
  run('touch', [join(VENV, 'installed')]);
}
const mirror = given === undefined ? await startDemoMirror() : { address: given, stop: () => undefined };
const check = [join(HERE, 'stac-clients', 'check.py'), mirror.address.replace(/\/$/, '')];
const { status } = spawnSync(join(VENV, 'bin', 'python'), check, { stdio: 'inherit' });
await mirror.stop();
process.exit(status ?? 1);

function run(command, args) {
  const { status: ended, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (ended === 0) return;
  console.error(error?.message ?? `${command} ended with ${ended}`);
  process.exit(1);
}
