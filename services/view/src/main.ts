import { openEventBus } from '#adapters/event-bus/open-event-bus.js';
import { openObjectStore } from '#adapters/object-store/open-object-store.js';
import { openDatabase } from '#adapters/postgres/open-database.js';
import { openRasterEngine } from '#adapters/raster/open-raster-engine.js';
import { ObjectStore } from '#domain/ports/object-store.js';
import { portOf } from '#domain/ports/opened-adapter.js';
import { runService } from '#platform/run-service.js';
import { MAP_CONFIG, viewConfig } from './view.config.js';
import { ViewModule } from './view.module.js';

await runService({
  name: 'view',
  config: viewConfig.required({ DATABASE_URL: true, S3_ENDPOINT: true, NATS_URL: true }),
  configTokens: [MAP_CONFIG],
  open: async (config, log) => {
    const objects = await openObjectStore(config);
    const engine = await openRasterEngine(config, portOf(objects, ObjectStore));
    return [await openDatabase(config), objects, await openEventBus(config, log), engine];
  },
  modules: [ViewModule],
});
