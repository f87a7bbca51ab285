import { databaseConfig } from '#adapters/postgres/database.config.js';

/** What the STAC API is configured by: where the catalogue is. */
export const stacConfig = databaseConfig;
