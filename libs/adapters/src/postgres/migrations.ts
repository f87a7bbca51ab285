import { MigrationExecutor, type DataSource, type QueryRunner } from 'typeorm';
import { ConflictError, UnavailableError } from '#domain/errors.js';
import { databaseError, errorCode } from './database-error.js';
import type { Migration } from './migration.js';
import { ExtensionsAndSchemas } from './migrations/0001-extensions-and-schemas.js';
import { OutboxAndInbox } from './migrations/0002-outbox.js';
import { Intakes } from './migrations/0003-intake.js';
import { CursorSecret } from './migrations/0004-cursor-secret.js';
import { Catalogue } from './migrations/0010-catalogue.js';
import { CataloguePaging } from './migrations/0011-catalogue-paging.js';
import { CatalogueWalks } from './migrations/0012-catalogue-walks.js';
import { CatalogueSample } from './migrations/0013-catalogue-sample.js';
import { CatalogueEstimates } from './migrations/0014-catalogue-estimates.js';
import { ChangeFeedEpoch } from './migrations/0020-change-feed.js';
import { Harvests } from './migrations/0021-harvests.js';
import { ProductWriters } from './migrations/0022-product-writers.js';
import { Subscriptions } from './migrations/0024-subscriptions.js';
import { Overviews } from './migrations/0036-overviews.js';

/** Every step of the schema, in order. */
export const MIGRATIONS: readonly (new () => Migration)[] = [
  ExtensionsAndSchemas,
  OutboxAndInbox,
  Intakes,
  CursorSecret,
  Catalogue,
  CataloguePaging,
  CatalogueWalks,
  CatalogueSample,
  CatalogueEstimates,
  ChangeFeedEpoch,
  Harvests,
  ProductWriters,
  Subscriptions,
  Overviews,
];

/** Where TypeORM notes the steps done. */
export const MIGRATIONS_TABLE = 'frombork_migrations';

/** Any number that nothing else in the database uses. */
const LOCK = 7_305_241_877;

/**
 * Brings the schema up to date in one transaction; processes that start together wait for each other.
 * Throws ConflictError where the database is newer than this code, UnavailableError where an extension may not be created.
 */
export async function migrate(source: DataSource): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    await runner.startTransaction();
    await runner.query('set local statement_timeout = 0');
    await runner.query('set local idle_in_transaction_session_timeout = 0');
    await runner.query('select pg_advisory_xact_lock($1)', [LOCK]);
    // From here on a table that readers hold must not stop the whole service behind this step.
    await runner.query("set local lock_timeout = '60s'");
    await refuseNewer(source, runner);
    await new MigrationExecutor(source, runner).executePendingMigrations();
    await runner.commitTransaction();
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw explain(error);
  } finally {
    await runner.release();
  }
}

async function refuseNewer(source: DataSource, runner: QueryRunner): Promise<void> {
  const [table] = (await runner.query('select to_regclass($1) as name', [MIGRATIONS_TABLE])) as { name: unknown }[];
  if (table?.name == null) return;
  const known = new Set(source.migrations.map(({ name }) => name));
  const done = (await runner.query(`select name from ${MIGRATIONS_TABLE} order by timestamp`)) as { name: string }[];
  const unknown = done.filter(({ name }) => !known.has(name));
  if (unknown.length === 0) return;
  throw new ConflictError(
    `The database is newer than this version of Frombork (it has ${unknown.map(({ name }) => name).join(', ')}): run the newer version, or restore the database from before the upgrade.`,
  );
}

function explain(error: unknown): unknown {
  if (errorCode(error) === '42501') {
    return new UnavailableError(
      'The database user may not change the schema; have the administrator run "create extension postgis; create extension btree_gist; create extension pg_trgm" and grant the user "create" on the database.',
      { cause: error },
    );
  }
  if (errorCode(error) === '0A000' || errorCode(error) === '58P01') {
    return new UnavailableError(
      'The database server lacks an extension: PostGIS 3.3 or newer, btree_gist and pg_trgm are needed.',
      { cause: error },
    );
  }
  return databaseError(error);
}
