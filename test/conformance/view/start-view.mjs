// The view service over a small archive of its own, for the suites of OGC that look at it. Needs what the tests need: PostgreSQL with PostGIS.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { run } from '../cite/cite-source.mjs';

const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/** Starts `serve-<archive>.ts`: its address, and how it is stopped. */
export async function startView(archive, ...args) {
  run(process.execPath, [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json'], ROOT);
  const program = join(ROOT, 'dist', 'test', 'conformance', 'view', `serve-${archive}.js`);
  const child = spawn(process.execPath, [program, ...args], { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((done) => child.once('exit', done));
  const stop = async () => {
    child.stdin.end();
    await ended;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('http://')) continue;
    child.stdout.resume();
    return { address: line.trim(), stop };
  }
  throw new Error(`serve-${archive} ended with ${await ended}.`);
}
