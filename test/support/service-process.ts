import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './daemon.js';

/** A service of the built project in a process of its own. */
export interface ServiceProcess {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  /** What it wrote to standard error so far (its log). */
  log(): string;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Ends it in order. */
  stop(): Promise<void>;
  /** Starts it again on the same port with the same environment. */
  restart(): Promise<void>;
}

const START_MS = 90_000;
const LOG_KEPT = 200_000;

/** Starts `dist/services/<name>` on a free port and waits until it is ready. The environment is given whole; only PATH is taken over. */
export async function startServiceProcess(name: string, environment: Record<string, string>): Promise<ServiceProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let log = '';
  const start = async (): Promise<void> => {
    const started = spawn(
      resolve('node_modules/node/bin/node'),
      ['--enable-source-maps', `dist/services/${name}/src/main.js`],
      {
        env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'warn', ...environment, PORT: String(port) },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    child = started;
    started.stderr.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-LOG_KEPT)));
    await untilReady(url, started, () => log);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = new Promise((done) => ending.once('exit', done));
    ending.kill(signal);
    await gone;
  };
  await start();
  return {
    name,
    url,
    get pid() {
      return child?.pid ?? 0;
    },
    log: () => log,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    restart: start,
  };
}

async function untilReady(url: string, child: ChildProcess, log: () => string): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null)
      throw new Error(`the service ended (${child.exitCode}) before it was ready:\n${log()}`);
    const ready = await fetch(`${url}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await wait(100);
  }
  throw new Error(`the service was not ready within ${START_MS} ms:\n${log()}`);
}
