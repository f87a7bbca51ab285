import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { UnavailableError } from '#domain/errors.js';
import { startEngine, type EmbeddedEngine, type EngineSettings } from './embedded-engine.js';
import { lockFolder } from './folder-lock.js';

/** An embedded PostgreSQL with PostGIS, reached as any other through a unix socket only this user can open. */
export interface EmbeddedDatabase {
  /** Folder of the socket, as `pg` takes it for `host`. */
  readonly socketFolder: string;
  /** Throws UnavailableError where the engine has ended. */
  check(): void;
  close(): Promise<void>;
}

const MAINTENANCE_MS = 60_000;
/** How `pg` looks for a server in a folder. */
const SOCKET = '.s.PGSQL.5432';
const SOCKET_PATH_LIMIT = 100;

/** Opens the embedded database under a folder, alone. Throws ConflictError where another process has it. */
export async function openEmbeddedDatabase(folder: string, maintenanceMs = MAINTENANCE_MS): Promise<EmbeddedDatabase> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  const lock = await lockFolder(folder, `The embedded database in ${folder}`);
  const socketFolder = await makeSocketFolder(resolve(folder));
  const end = async () => {
    await socketFolder.remove();
    await lock.release();
  };
  try {
    const engine = await start({ folder, maintenanceMs, socketPath: join(socketFolder.path, SOCKET) });
    return {
      socketFolder: socketFolder.path,
      check: () => engine.check(),
      close: async () => {
        await engine.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** The database's own folder; a temporary one where that is too deep for a socket's path (104 characters on macOS, 108 on Linux). */
async function makeSocketFolder(folder: string): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const socket = join(folder, SOCKET);
  if (Buffer.byteLength(socket) < SOCKET_PATH_LIMIT) {
    // A killed process leaves its socket behind; the folder is ours now.
    await rm(socket, { force: true });
    return { path: folder, remove: () => rm(socket, { force: true }) };
  }
  const path = await mkdtemp(join(tmpdir(), 'frombork-db-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

interface RunningEngine extends EmbeddedEngine {
  check(): void;
}

/** In a thread of its own, so that queries do not stall the event loop; uncompiled (in tests) in this one: threads load JavaScript only. */
async function start(settings: EngineSettings): Promise<RunningEngine> {
  if (!import.meta.url.endsWith('.ts')) return startThread(settings);
  return { ...(await startEngine(settings)), check: () => undefined };
}

async function startThread(settings: EngineSettings): Promise<RunningEngine> {
  const worker = new Worker(new URL('./embedded-worker.js', import.meta.url), { workerData: settings });
  let ended: Error | undefined;
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      ended ??= new Error(`it ended with code ${code}`);
      resolve();
    });
  });
  const ready = new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.on('error', (error) => {
      ended = error instanceof Error ? error : new Error(String(error));
      reject(ended);
    });
    void exited.then(() => reject(ended));
  });
  try {
    await ready;
  } catch (cause) {
    throw new UnavailableError(`The embedded database in ${settings.folder} does not start.`, { cause });
  }
  return {
    check: () => {
      if (ended === undefined) return;
      throw new UnavailableError('The embedded database has ended; restart Frombork.', { cause: ended });
    },
    close: async () => {
      worker.postMessage('close');
      await exited;
    },
  };
}
