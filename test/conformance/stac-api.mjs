// npm run conformance -- stac-api <url of /stac> [collection]: the running STAC API through stac-api-validator, in a Python venv of its own.
// It fetches the JSON schemas of STAC and its extensions from the internet.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const VENV = join(ROOT, 'dist', 'tools', 'stac-api-validator');
const VALIDATOR = 'stac-api-validator==0.6.8';
const CLASSES = ['core', 'collections', 'features', 'item-search', 'item-search#sort', 'children'];
/** Germany and around. */
const AREA = {
  type: 'Polygon',
  coordinates: [
    [
      [5, 47],
      [16, 47],
      [16, 56],
      [5, 56],
      [5, 47],
    ],
  ],
};

const [url, collection = 'sentinel-2-l1c'] = process.argv.slice(2);
if (url === undefined) {
  console.error('npm run conformance -- stac-api <url of /stac> [collection]');
  process.exit(1);
}
if (!existsSync(join(VENV, 'bin', 'stac-api-validator'))) {
  run('python3', ['-m', 'venv', VENV]);
  run(join(VENV, 'bin', 'pip'), ['install', '--quiet', VALIDATOR]);
}
run(join(VENV, 'bin', 'stac-api-validator'), [
  `--root-url=${url}`,
  `--collection=${collection}`,
  `--geometry=${JSON.stringify(AREA)}`,
  '--validate-pagination',
  ...CLASSES.flatMap((name) => ['--conformance', name]),
]);

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status === 0) return;
  console.error(error?.message ?? `${command} ended with ${status}`);
  process.exit(1);
}
