// npm run conformance -- sentinelsat [url of /dhus]: the real sentinelsat, in a Python venv of its own, against a running mirror of more than a hundred products;
// without an address against one of its own, with the demo archive and a few hundred more products.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(dirname(HERE));
const VENV = join(ROOT, 'dist', 'tools', 'sentinelsat');
const CLIENT = 'sentinelsat==1.2.1';
const TOKEN = 'operator-token-of-this-check';
const DEMO_PRODUCTS = 60;
const MORE_PRODUCTS = 260;
/** Ten minutes: the demo archive is drawn on the way. */
const PATIENCE = 600;

const work = mkdtempSync(join(tmpdir(), 'frombork-sentinelsat-'));
let mirror;
try {
  installClient();
  const url = process.argv[2] ?? (await startMirror());
  process.exitCode = run(join(VENV, 'bin', 'python'), [join(HERE, 'sentinelsat', 'check.py'), url, work]);
} finally {
  if (mirror !== undefined) {
    mirror.kill('SIGTERM');
    await once(mirror, 'exit');
  }
  rmSync(work, { recursive: true, force: true });
}

function installClient() {
  if (existsSync(join(VENV, 'bin', 'sentinelsat'))) return;
  if (run('python3', ['-m', 'venv', VENV]) + run(join(VENV, 'bin', 'pip'), ['install', '--quiet', CLIENT]) !== 0) {
    throw new Error(`${CLIENT} cannot be installed`);
  }
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error !== undefined) console.error(error.message);
  return status ?? 1;
}

async function startMirror() {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    PORT: String(port),
    FROMBORK_DATA: join(work, 'data'),
    FROMBORK_OPERATOR_TOKEN: TOKEN,
    LOG_LEVEL: 'error',
  };
  const main = join(ROOT, 'dist', 'services', 'all-in-one', 'src', 'main.js');
  mirror = spawn(process.execPath, [main], { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
  await waitUntil(async () => (await fetch(`${url}/health/ready`)).ok);
  await addProducts(url);
  const total = DEMO_PRODUCTS + MORE_PRODUCTS;
  await waitUntil(async () => (await countOf(url)) >= total);
  return `${url}/dhus`;
}

async function addProducts(url) {
  const body = Array.from({ length: MORE_PRODUCTS }, (_, index) => JSON.stringify(item(index))).join('\n');
  const headers = { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/x-ndjson' };
  const answer = await fetch(`${url}/ingest/items`, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(await answer.text());
}

/** A product known by its metadata only, each a day and a tile on. */
function item(index) {
  const acquired = new Date(Date.UTC(2025, 0, 1 + index, 10, 20, 31)).toISOString();
  const stamp = acquired.replace(/[-:]|\.\d+Z/g, '');
  const west = 6 + (index % 8);
  const id = `S2B_MSIL1C_${stamp}_N0510_R065_T32U${String.fromCharCode(65 + (index % 8))}C_${stamp}`;
  const ring = [
    [west, 48],
    [west + 1, 48],
    [west + 1, 49],
    [west, 49],
    [west, 48],
  ];
  return {
    type: 'Feature',
    stac_version: '1.1.0',
    id,
    collection: 'sentinel-2-l1c',
    bbox: [west, 48, west + 1, 49],
    geometry: { type: 'Polygon', coordinates: [ring] },
    properties: {
      datetime: acquired,
      platform: 'sentinel-2b',
      constellation: 'sentinel-2',
      instruments: ['msi'],
      'eo:cloud_cover': index % 100,
      'product:type': 'S2MSI1C',
    },
    links: [],
    assets: {},
  };
}

async function countOf(url) {
  const answer = await fetch(`${url}/dhus/odata/v1/Products/$count`);
  return Number(await answer.text());
}

async function waitUntil(holds) {
  for (let waited = 0; waited < PATIENCE; waited++) {
    if (await holds().catch(() => false)) return;
    await setTimeout(1000);
  }
  throw new Error(`the mirror was not there after ${PATIENCE} s`);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
