import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const START_MS = 30_000;
const END_MS = 5_000;

/** A server process started for a test. */
export interface Daemon {
  readonly pid: number;
  /** What it printed so far (the last 64 kB). */
  output(): string;
  /** `kill -9`, at once. */
  kill(): Promise<void>;
  /** Asks it to end, then makes it. */
  stop(): Promise<void>;
}

/**
 * A shell stands between: it ends the server as soon as its standard input closes, that is also when the test process is killed.
 * The server's pid is the first line of its output.
 */
const GUARD = `"$@" </dev/null 2>&1 & child=$!
echo "$child"
trap 'kill -9 "$child" 2>/dev/null' EXIT
cat >/dev/null`;

/** Starts a server and waits until `ready` says so. Throws with its output where it ends or is not ready in 30 s. */
export async function startDaemon(
  command: readonly string[],
  ready: () => Promise<boolean>,
  environment: Record<string, string> = {},
): Promise<Daemon> {
  const guard = spawn('/bin/sh', ['-c', GUARD, 'guard', ...command], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  let printed = '';
  guard.stdout.setEncoding('utf8').on('data', (text: string) => (printed = (printed + text).slice(-65_536)));
  const pid = await firstLine(guard, () => printed);
  const daemon = {
    pid,
    output: () => printed,
    kill: () => end(guard, pid, 'SIGKILL'),
    stop: () => end(guard, pid, 'SIGTERM'),
  };
  const deadline = Date.now() + START_MS;
  while (!(await ready().catch(() => false))) {
    if (Date.now() < deadline && isAlive(pid)) {
      await sleep(50);
      continue;
    }
    await daemon.stop();
    throw new Error(`${command.join(' ')} did not start:\n${printed}`);
  }
  return daemon;
}

/** The path of the first of the programs found, also in the sbin folders a user's PATH lacks; undefined where there is none. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/local/bin'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** A loopback port nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Whether somebody accepts connections on a loopback port. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).once('error', () => resolve(false));
  });
}

async function firstLine(guard: ChildProcess, printed: () => string): Promise<number> {
  while (!printed().includes('\n')) {
    if (guard.exitCode !== null) throw new Error('the shell that guards a server ended');
    await sleep(5);
  }
  return Number(printed().split('\n', 1)[0]);
}

async function end(guard: ChildProcess, pid: number, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (guard.exitCode !== null) return;
  if (isAlive(pid)) process.kill(pid, signal);
  for (const deadline = Date.now() + END_MS; isAlive(pid) && Date.now() < deadline;) await sleep(20);
  const ended = new Promise((resolve) => guard.once('exit', resolve));
  guard.stdin?.end();
  await ended;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
