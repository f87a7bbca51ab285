// A mirror with the demo archive, for suites that are given none.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
/** What operators of the mirror say. */
export const OPERATOR_TOKEN = 'operator-token-of-the-conformance-run';

const START_MS = 15 * 60_000;
/** The archive is complete once nothing has come for this long. */
const QUIET_MS = 30_000;

/** Starts an all-in-one mirror and waits until its demo archive is there: its address, and how it is stopped. */
export async function startDemoMirror() {
  const data = mkdtempSync(join(tmpdir(), 'frombork-conformance-'));
  const port = await freePort();
  const environment = {
    PORT: String(port),
    FROMBORK_DATA: data,
    FROMBORK_DEMO: '1',
    FROMBORK_OPERATOR_TOKEN: OPERATOR_TOKEN,
    LOG_LEVEL: 'warn',
  };
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
