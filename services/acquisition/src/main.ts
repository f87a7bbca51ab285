import { z } from 'zod';
import { openEventBus } from '#adapters/event-bus/open-event-bus.js';
import { eventBusConfig } from '#adapters/event-bus/event-bus.config.js';
import { objectStoreConfig } from '#adapters/object-store/object-store.config.js';
import { openObjectStore } from '#adapters/object-store/open-object-store.js';
import { databaseConfig } from '#adapters/postgres/database.config.js';
import { openDatabase } from '#adapters/postgres/open-database.js';
import { openRasterIngest } from '#adapters/raster/open-raster-ingest.js';
import { rasterIngestConfig } from '#adapters/raster/raster-ingest.config.js';
import { runService } from '#platform/run-service.js';
import { ACQUISITION_CONFIG, acquisitionConfig } from './acquisition.config.js';
import { AcquisitionModule } from './acquisition.module.js';

const config = z.object({
  ...databaseConfig.shape,
  ...objectStoreConfig.shape,
  ...eventBusConfig.shape,
  ...rasterIngestConfig.shape,
  ...acquisitionConfig.shape,
});

await runService({
  name: 'acquisition',
  config: config.required({ DATABASE_URL: true, S3_ENDPOINT: true, NATS_URL: true }),
  configTokens: [ACQUISITION_CONFIG],
  modules: [AcquisitionModule],
  open: async (settings) => [
    await openDatabase(settings),
    await openObjectStore(settings),
    await openEventBus(settings),
    await openRasterIngest(settings),
  ],
});
