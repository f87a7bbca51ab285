import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram, freePort, listens, startDaemon, type Daemon } from './daemon.js';

/** A NATS server with JetStream to test against. */
export interface NatsServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** A NATS server of our own, which a test may kill and wipe. */
export interface OwnNatsServer extends NatsServer {
  /** `kill -9`; the store stays. */
  kill(): Promise<void>;
  /** Starts again on the same port, with the store as it was left or (`wiped`) without. */
  restart(options?: { readonly wiped: boolean }): Promise<void>;
}

/** The server TEST_NATS_URL names, else one of our own. */
export async function startNatsServer(): Promise<NatsServer> {
  const url = process.env['TEST_NATS_URL'];
  if (url === undefined || url === '') return startOwnNatsServer();
  process.stdout.write('NATS: the server of TEST_NATS_URL\n');
  return { url, stop: () => Promise.resolve() };
}

/** Starts `nats-server -js` on loopback, a free port and a temporary store. Throws, saying what to install, where it is missing. */
export async function startOwnNatsServer(): Promise<OwnNatsServer> {
  const program = findProgram('nats-server');
  if (program === undefined) {
    throw new Error(
      'nats-server is missing: apt-get install nats-server, or give TEST_NATS_URL of a NATS with JetStream.',
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'frombork-nats-'));
  const store = join(folder, 'store');
  const port = await freePort();
  const start = () =>
    startDaemon([program, '-js', '-a', '127.0.0.1', '-p', String(port), '-sd', store], () => listens(port));
  let daemon: Daemon = await start();
  process.stdout.write(`NATS: started ${program} on port ${port} (pid ${daemon.pid})\n`);
  return {
    url: `nats://127.0.0.1:${port}`,
    kill: () => daemon.kill(),
    restart: async ({ wiped } = { wiped: false }) => {
      await daemon.kill();
      if (wiped) await rm(store, { recursive: true, force: true });
      daemon = await start();
    },
    stop: async () => {
      await daemon.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
