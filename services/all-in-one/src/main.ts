import { z } from 'zod';
import { eventBusConfig } from '#adapters/event-bus/event-bus.config.js';
import { openEventBus } from '#adapters/event-bus/open-event-bus.js';
import { objectStoreConfig } from '#adapters/object-store/object-store.config.js';
import { openObjectStore } from '#adapters/object-store/open-object-store.js';
import { databaseConfig } from '#adapters/postgres/database.config.js';
import { openDatabase } from '#adapters/postgres/open-database.js';
import { openRasterEngine } from '#adapters/raster/open-raster-engine.js';
import { openRasterIngest } from '#adapters/raster/open-raster-ingest.js';
import { rasterIngestConfig } from '#adapters/raster/raster-ingest.config.js';
import { rasterConfig } from '#adapters/raster/raster.config.js';
import { openOutgoingHttp } from '#adapters/upstream/open-outgoing-http.js';
import { outgoingConfig } from '#adapters/upstream/outgoing.config.js';
import { ObjectStore } from '#domain/ports/object-store.js';
import { portOf } from '#domain/ports/opened-adapter.js';
import { runService, type ServiceDefinition } from '#platform/run-service.js';
import { AllInOneModule, ALL_CONFIG_TOKENS, servicesConfig } from './all-in-one.module.js';
import { demoConfig, startDemo } from './demo.js';
import { greet } from './greet.js';

const config = z.object({
  ...databaseConfig.shape,
  ...objectStoreConfig.shape,
  ...eventBusConfig.shape,
  ...rasterConfig.shape,
  ...rasterIngestConfig.shape,
  ...outgoingConfig.shape,
  ...servicesConfig.shape,
  ...demoConfig.shape,
});

/** Every service in one process; what the environment does not name is embedded. */
const allInOne: ServiceDefinition<typeof config> = {
  name: 'all-in-one',
  config,
  configTokens: ALL_CONFIG_TOKENS,
  modules: [AllInOneModule],
  open: async (settings) => {
    const database = await openDatabase(settings);
    const objects = await openObjectStore(settings);
    const bus = await openEventBus(settings);
    const engine = await openRasterEngine(settings, portOf(objects, ObjectStore));
    return [database, objects, bus, engine, await openRasterIngest(settings), openOutgoingHttp(settings)];
  },
};

const running = await runService(allInOne);
greet(running.url, running.config);
await startDemo(running.config, running.log);
