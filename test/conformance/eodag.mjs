// npm run conformance -- eodag [door|all] [address of a mirror]: the real eodag searches, pages, reads and downloads through a door of the mirror.
// Without an address an all-in-one mirror with the demo archive is started. Doors are the provider configurations in test/conformance/eodag.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(dirname(HERE));
const VENV = join(ROOT, 'dist', 'tools', 'eodag');
const EODAG = 'eodag==4.10.1';
const START_MS = 15 * 60_000;
/** The archive is complete once nothing has come for this long. */
const QUIET_MS = 30_000;

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
const mirror = given === undefined ? await startMirror() : { address: given.replace(/\/$/, ''), stop: () => undefined };
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

async function startMirror() {
  const data = mkdtempSync(join(tmpdir(), 'frombork-eodag-'));
  const port = await freePort();
  const environment = { PORT: String(port), FROMBORK_DATA: data, FROMBORK_DEMO: '1', LOG_LEVEL: 'warn' };
  const child = spawn(process.execPath, [join(ROOT, 'dist', 'services', 'all-in-one', 'src', 'main.js')], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...environment },
    stdio: 'inherit',
  });
  const ended = new Promise((done) => child.once('exit', done));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  const address = `http://127.0.0.1:${port}`;
  try {
    await untilComplete(address, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, stop };
}

/** Products come in one after the other; paging while they do would be no test. */
async function untilComplete(address, child) {
  const url = `${address}/resto/api/collections/search.json?maxRecords=0`;
  let seen = 0;
  let since = Date.now();
  for (const end = Date.now() + START_MS; Date.now() < end; await wait(2000)) {
    if (child.exitCode !== null) throw new Error(`the mirror ended with ${child.exitCode}`);
    const answer = await fetch(url).catch(() => undefined);
    const count = answer?.ok ? (await answer.json()).properties.totalResults : 0;
    if (count !== seen) [seen, since] = [count, Date.now()];
    if (seen > 0 && Date.now() - since > QUIET_MS) return;
  }
  throw new Error(`the demo archive was not there after ${START_MS / 60_000} minutes`);
}

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}
