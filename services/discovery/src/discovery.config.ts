import { z } from 'zod';
import { databaseConfig } from '#adapters/postgres/database.config.js';
import { objectStoreConfig } from '#adapters/object-store/object-store.config.js';

/** What discovery is configured by: where the catalogue is, and the objects its `$value` links deliver. */
export const discoveryConfig = z.object({ ...databaseConfig.shape, ...objectStoreConfig.shape });
