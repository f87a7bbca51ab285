import { openEventBus } from '#adapters/event-bus/open-event-bus.js';
import { openObjectStore } from '#adapters/object-store/open-object-store.js';
import { objectStoreConfig } from '#adapters/object-store/object-store.config.js';
import { databaseConfig } from '#adapters/postgres/database.config.js';
import { openDatabase } from '#adapters/postgres/open-database.js';
import { openRasterEngine } from '#adapters/raster/open-raster-engine.js';
import { rasterConfig } from '#adapters/raster/raster.config.js';
import { ObjectStore } from '#domain/ports/object-store.js';
import { portOf } from '#domain/ports/opened-adapter.js';
import { runService } from '#platform/run-service.js';
import { MAP_CONFIG, mapConfig, ViewModule } from '#services/view/src/view.module.js';

/** The view service as it runs in a process of its own, but for objects, which are files here, as the peers' are, and events. */
await runService({
  name: 'view',
  config: mapConfig,
  configTokens: [MAP_CONFIG],
  modules: [ViewModule],
  open: async () => {
    const objects = await openObjectStore(objectStoreConfig.parse(process.env));
    return [
      await openDatabase(databaseConfig.parse(process.env)),
      objects,
      await openEventBus({}),
      await openRasterEngine(rasterConfig.parse(process.env), portOf(objects, ObjectStore)),
    ];
  },
});
