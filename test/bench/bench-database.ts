import { connectDatabase, type ConnectedDatabase } from '#adapters/postgres/connect-database.js';
import { databaseConfig } from '#adapters/postgres/database.config.js';

const STATEMENT_TIMEOUT_MS = 600_000;

/** The migrated database of DATABASE_URL (or the embedded one of FROMBORK_DATA), with time enough for bulk statements. */
export function benchDatabase(statementTimeoutMs = STATEMENT_TIMEOUT_MS): Promise<ConnectedDatabase> {
  return connectDatabase(databaseConfig.parse({ ...process.env, DATABASE_STATEMENT_TIMEOUT_MS: statementTimeoutMs }));
}
