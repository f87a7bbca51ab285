import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** Opens the embedded database under a folder, alone. Throws ConflictError where another process has it. */
export async function openEmbeddedDatabase(folder: string, maintenanceMs = MAINTENANCE_MS): Promise<EmbeddedDatabase> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder, `The embedded database in ${folder}`);
  // A data folder may be too deep for a socket's path (108 characters).
  const socketFolder = await mkdtemp(join(tmpdir(), 'frombork-db-'));
  const end = async () => {
    await rm(socketFolder, { recursive: true, force: true });
    await lock.release();
  };
  try {
    const engine = await start({ folder, maintenanceMs, socketPath: join(socketFolder, '.s.PGSQL.5432') });
    return {
      socketFolder,
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
