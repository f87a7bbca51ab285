import { databaseConfig } from '#adapters/postgres/database.config.js';

/** What discovery is configured by: where the catalogue is. */
export const discoveryConfig = databaseConfig;
