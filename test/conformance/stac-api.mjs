// npm run conformance -- stac-api <url of /stac> [collection]: the running STAC API through stac-api-validator, in a Python venv of its own.
// It fetches the JSON schemas of STAC and its extensions from the internet.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const VENV = join(ROOT, 'dist', 'tools', 'stac-api-validator');
const VALIDATOR = 'stac-api-validator==0.6.8';
const CLASSES =
  'core collections children features features#sort features#fields features#query item-search item-search#sort item-search#fields item-search#query filter'.split(
    ' ',
  );
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
  '--fields-nested-property=properties.eo:cloud_cover',
  ...(await queryOptions()),
]);

/** What the query extension is tried with: the cloud cover, platform and instrument of an item that is there. */
async function queryOptions() {
  const found = await fetch(`${url}/search?limit=1&collections=${collection}&filter=eo:cloud_cover%20%3E%201`);
  const [item] = (await found.json()).features;
  if (item === undefined) {
    console.error(`${collection} has no item with clouds to try the query extension with`);
    process.exit(1);
  }
  const { 'eo:cloud_cover': cover, platform, instruments } = item.properties;
  const comparisons = { eq: cover, neq: cover, lt: cover + 1, lte: cover, gt: cover - 1, gte: cover };
  const substrings = {
    starts_with: platform.slice(0, 4),
    ends_with: platform.slice(-2),
    contains: platform.slice(2, -2),
  };
  const values = { ...comparisons, ...substrings };
  return [
    '--query-comparison-field=eo:cloud_cover',
    '--query-substring-field=platform',
    '--query-in-field=instruments',
    `--query-in-values=${instruments.join(',')}`,
    ...Object.entries(values).map(([name, value]) => `--query-${name.replace('_', '-')}-value=${value}`),
  ];
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status === 0) return;
  console.error(error?.message ?? `${command} ended with ${status}`);
  process.exit(1);
}
