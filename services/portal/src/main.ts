import { databaseConfig } from '#adapters/postgres/database.config.js';
import { openDatabase } from '#adapters/postgres/open-database.js';
import { runService } from '#platform/run-service.js';
import { PortalModule } from './portal.module.js';

await runService({
  name: 'portal',
  config: databaseConfig.required({ DATABASE_URL: true }),
  open: async (config) => [await openDatabase(config)],
  modules: [PortalModule],
});
