import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { EMBEDDED_PARTS, keepSeed, markWhole, plantSeed } from './embedded-seed.js';
import { GuardedSession } from './guarded-session.js';
import { slimPostgis } from './postgis-bundle.js';
import { serveWire, type WireServer } from './wire-server.js';

/** Where the embedded database lives and listens. */
export interface EngineSettings {
  /** Its folder; the data are under `data`. */
  readonly folder: string;
  readonly socketPath: string;
  readonly maintenanceMs: number;
}

/** A running embedded PostgreSQL. */
export interface EmbeddedEngine {
  close(): Promise<void>;
}

/** Tables autovacuum would look after, at its own thresholds (PostgreSQL: Automatic Vacuuming); PGlite has none. */
const NEGLECTED = `
  select format('%I.%I', schemaname, s.relname) as name, n_dead_tup > 50 + 0.2 * c.reltuples as dead
  from pg_stat_user_tables s join pg_class c on c.oid = s.relid
  where n_dead_tup > 50 + 0.2 * c.reltuples or n_mod_since_analyze > 50 + 0.1 * c.reltuples
     or n_ins_since_vacuum > 1000 + 0.2 * c.reltuples
  order by 1`;

/** Opens PGlite with PostGIS on a folder and serves it on a unix socket. The caller holds the folder's lock. */
export async function startEngine(settings: EngineSettings): Promise<EmbeddedEngine> {
  await mkdir(settings.folder, { recursive: true, mode: 0o700 });
  const engine = await openCluster(settings.folder);
  const session = new GuardedSession((message) => engine.execProtocolRaw(message, { syncToFs: false }));
  const server = await serveWire(session, settings.socketPath);
  const maintenance = new Maintenance(engine, server, settings.maintenanceMs);
  return {
    close: async () => {
      await maintenance.stop();
      await server.close();
      await engine.close();
    },
  };
}

async function openCluster(folder: string): Promise<PGlite> {
  const planted = await plantSeed(folder);
  const engine = await PGlite.create({
    dataDir: join(folder, EMBEDDED_PARTS.data),
    extensions: { postgis: slimPostgis(join(folder, EMBEDDED_PARTS.bundle)), btree_gist, pg_trgm },
    // No checkpointer runs by itself: the write-ahead log is bounded by this and by the timed CHECKPOINT.
    startParams: [...PGlite.defaultStartParams, '-c', 'max_wal_size=256MB', '-c', 'jit=off'],
  });
  if (planted) return engine;
  // The slow part of a first start; the first migration would do it, but too late for the seed.
  await engine.exec('create extension postgis; create extension btree_gist; create extension pg_trgm');
  await engine.exec('checkpoint');
  await keepSeed(folder);
  await markWhole(folder);
  return engine;
}

/** What the background processes of a full server do, one short turn each. */
class Maintenance {
  private readonly engine: PGlite;
  private readonly server: WireServer;
  private readonly timer: NodeJS.Timeout;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(engine: PGlite, server: WireServer, everyMs: number) {
    [this.engine, this.server] = [engine, server];
    this.timer = setInterval(() => {
      // What fails now (a full disk, say) is told by the statements themselves, and tried again next time.
      this.running = this.running.then(() => this.run()).catch(() => undefined);
    }, everyMs);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    const tables: { name: string; dead: boolean }[] = [];
    await this.server.between(async () => {
      tables.push(...(await this.engine.query<{ name: string; dead: boolean }>(NEGLECTED)).rows);
    });
    for (const { name } of tables) await this.turn(`vacuum (analyze) ${name}`);
    await this.turn('checkpoint');
  }

  private async turn(statement: string): Promise<void> {
    if (this.stopped) return;
    await this.server.between(async () => {
      await this.engine.exec(statement);
    });
  }
}
