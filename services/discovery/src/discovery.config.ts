import { z } from 'zod';
import { databaseConfig } from '#adapters/postgres/database.config.js';
import { objectStoreConfig } from '#adapters/object-store/object-store.config.js';
import { outgoingConfig } from '#adapters/upstream/outgoing.config.js';
import { federationConfig } from './federation/federation.config.js';

/** What discovery is configured by: where the catalogue is, the objects its `$value` links deliver, and whom it may ask. */
export const discoveryConfig = z.object({
  ...federationConfig.shape,
  ...databaseConfig.shape,
  ...objectStoreConfig.shape,
  ...outgoingConfig.shape,
});
