import { z } from 'zod';
import { databaseConfig } from '#adapters/postgres/database.config.js';
import { objectStoreConfig } from '#adapters/object-store/object-store.config.js';

/** Everything the download gateway reads from its environment. */
export const downloadConfig = z.object({ ...databaseConfig.shape, ...objectStoreConfig.shape });
