// npm run conformance -- stac-api [url of /stac] [collection]: the STAC API through every class stac-api-validator knows, in a Python venv of its own; writes
// test/conformance/reports/stac-api.md. Without an address a mirror with the demo archive is started, and the class `transaction` is tried, too (in a mirror
// that is given where FROMBORK_OPERATOR_TOKEN is its operators'). The JSON schemas of STAC and its extensions come from the internet, or from Git repositories in
// the folder STAC_SCHEMAS.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OPERATOR_TOKEN, startDemoMirror } from './mirror/start-demo-mirror.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const VENV = join(dirname(dirname(HERE)), 'dist', 'tools', 'stac-api-validator');
const REPORT = join(HERE, 'reports', 'stac-api.md');
const VALIDATOR = 'stac-api-validator==0.6.8';
/** All it knows but `transaction`. */
const CLASSES =
  'core browseable collections children features features#sort features#fields features#query item-search item-search#sort item-search#fields item-search#query filter'.split(
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

const [given, collection = 'sentinel-2-l1c'] = process.argv.slice(2);
if (!existsSync(join(VENV, 'bin', 'stac-api-validator'))) {
  run('python3', ['-m', 'venv', VENV]);
  run(join(VENV, 'bin', 'pip'), ['install', '--quiet', VALIDATOR]);
}
const mirror = given === undefined ? await startDemoMirror() : undefined;
const url = (given ?? `${mirror.address}/stac`).replace(/\/$/, '');
const token = given === undefined ? OPERATOR_TOKEN : process.env.FROMBORK_OPERATOR_TOKEN;
let results;
try {
  const classes = validate(join(VENV, 'bin', 'stac-api-validator'), await options());
  const transactions =
    token === undefined
      ? undefined
      : validate(join(VENV, 'bin', 'python'), [join(HERE, 'stac-api', 'transactions.py'), url, collection, token]);
  results = [classes, ...(transactions === undefined ? [] : [transactions])];
} finally {
  await mirror?.stop();
}
const holds = results.every((result) => result.holds);
if (holds && given === undefined) writeReport(results[0].warnings);
process.exit(holds ? 0 : 1);

async function options() {
  return [
    `--root-url=${url}`,
    `--collection=${collection}`,
    `--geometry=${JSON.stringify(AREA)}`,
    '--validate-pagination',
    ...CLASSES.flatMap((name) => ['--conformance', name]),
    '--fields-nested-property=properties.eo:cloud_cover',
    ...(await queryOptions()),
  ];
}

/** Runs a part of the validator: what it said at the end, and whether it found no error. */
function validate(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    env: { ...process.env, PYTHONPATH: join(HERE, 'stac-api'), PYTHONDONTWRITEBYTECODE: '1' },
  });
  const said = `${stdout ?? ''}\n${stderr ?? ''}`.split('\n').filter((line) => !/^(INFO|DEBUG):/.test(line));
  console.log(error?.message ?? said.join('\n').trim());
  const warnings = said.filter((line) => line.startsWith('- ['));
  return { holds: status === 0 && said.includes('Errors: none'), warnings };
}

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

function writeReport(warnings) {
  const kinds = [
    ['stac-check recommendations', 'stac-check would like ids in lower case and fewer properties'],
    [
      'contained extra fields',
      '`fields` answers with a valid Item: id, type, stac_version and collection are always there',
    ],
    ['returned 0 results', 'a box chosen by the validator has no item'],
  ];
  const told = kinds.map(([mark, meaning]) => [meaning, warnings.filter((line) => line.includes(mark)).length]);
  const others = warnings.filter((line) => !kinds.some(([mark]) => line.includes(mark)));
  const text = `# stac-api-validator

By \`npm run conformance -- stac-api\`, on ${new Date().toISOString().slice(0, 10)}: ${VALIDATOR.replace('==', ' ')} at the STAC API of a mirror in one process on embedded stores with the demo archive.

| classes | errors |
|---|---|
| ${CLASSES.join(', ')} | none |
| transaction | none |

Items and collections were valid by the schemas of STAC and of every extension they name. In the class transaction, two cloud covers the validator sends as text, against the schema
its item names, were numbers, and a time was spelt to the millisecond; as it comes, it ends at the first of these, which is refused here as it should be.

Warnings:

${[...told.filter(([, count]) => count > 0).map(([meaning, count]) => `- ${meaning} (${count})`), ...others].join('\n')}
`;
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, text);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status === 0) return;
  console.error(error?.message ?? `${command} ended with ${status}`);
  process.exit(1);
}
