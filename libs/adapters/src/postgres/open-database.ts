import { ChangeFeed } from '#domain/ports/change-feed.js';
import type { OpenedAdapter } from '#domain/ports/opened-adapter.js';
import { HarvestStore } from '#domain/ports/harvest-store.js';
import { IntakeStore } from '#domain/ports/intake-store.js';
import { OverviewIndex } from '#domain/ports/overview-index.js';
import { Inbox, Outbox } from '#domain/ports/outbox.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { ProductStore } from '#domain/ports/product-store.js';
import { SubscriptionStore } from '#domain/ports/subscription-store.js';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import { seedCollections } from './catalog-collections.js';
import { readEpoch } from './change-epoch.js';
import { connectDatabase } from './connect-database.js';
import type { DatabaseConfig } from './database.config.js';
import { forgetEvents } from './forget-events.js';
import { maintainCatalogue } from './maintain-catalogue.js';
import { PostgresChangeFeed } from './postgres-change-feed.js';
import { PostgresHarvestStore } from './postgres-harvest-store.js';
import { PostgresInbox } from './postgres-inbox.js';
import { PostgresIntakeStore } from './postgres-intake-store.js';
import { PostgresOutbox } from './postgres-outbox.js';
import { PostgresOverviewIndex } from './postgres-overview-index.js';
import { PostgresProductCatalog } from './postgres-product-catalog.js';
import { PostgresProductStore } from './postgres-product-store.js';
import { PostgresSubscriptionStore } from './postgres-subscription-store.js';
import type { Sql } from './sql.js';
import { warmSessions } from './warm-sessions.js';

const UPKEEP_MS = 3_600_000;

const EMBEDDED_NOTICE =
  'The embedded database is in use: it survives a killed process, not a power loss; one process at a time has it, ' +
  'statements run one after the other, and one past its time budget is given up but not stopped. ' +
  'Give DATABASE_URL of a PostgreSQL server with PostGIS for more.';

/** Opens the database the configuration names, its schema up to date, and every store in it. Throws UnavailableError, ConflictError. */
export async function openDatabase(config: DatabaseConfig): Promise<OpenedAdapter> {
  const database = await connectDatabase(config);
  const { sql, listener, embedded } = database;
  await seedCollections(sql, SENTINEL_COLLECTIONS);
  const cursorSecret = await readCursorSecret(sql);
  // Before anything is written to a restored catalogue; where a writer is in the way, the first reader does it.
  await readEpoch(sql).catch(() => undefined);
  // Best effort: what is not done now is done an hour later.
  const keepUp = (): void => {
    void forgetEvents(sql, config.OUTBOX_RETENTION_DAYS).catch(() => undefined);
    void maintainCatalogue(sql).catch(() => undefined);
  };
  const timer = setInterval(keepUp, UPKEEP_MS).unref();
  const warming = embedded ? undefined : warmSessions(sql, config.DATABASE_POOL);
  return {
    name: 'database',
    ports: [
      [ProductCatalog, new PostgresProductCatalog(sql, cursorSecret)],
      [ProductStore, new PostgresProductStore(sql)],
      [ChangeFeed, new PostgresChangeFeed(sql, cursorSecret)],
      [Outbox, new PostgresOutbox(sql, { listener, singleSession: embedded })],
      [Inbox, new PostgresInbox(sql)],
      [HarvestStore, new PostgresHarvestStore(sql)],
      [IntakeStore, new PostgresIntakeStore(sql)],
      [OverviewIndex, new PostgresOverviewIndex(sql)],
      [SubscriptionStore, new PostgresSubscriptionStore(sql)],
    ],
    notices: embedded ? [EMBEDDED_NOTICE] : [],
    check: () => database.check(),
    close: async () => {
      clearInterval(timer);
      await warming;
      await database.close();
    },
  };
}

async function readCursorSecret(sql: Sql): Promise<string> {
  const [row] = await sql.query<{ secret: string }>('select secret from catalogue.cursor_secret');
  if (row === undefined)
    throw new Error('catalogue.cursor_secret is empty: restore its row, or insert one with its defaults');
  return row.secret;
}
