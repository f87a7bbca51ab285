import { openDatabase } from '#adapters/postgres/open-database.js';
import { runService } from '#platform/run-service.js';
import { stacConfig } from './stac.config.js';
import { EXPORT_CONFIG, StacModule } from './stac.module.js';

await runService({
  name: 'stac',
  config: stacConfig.required({ DATABASE_URL: true }),
  configTokens: [EXPORT_CONFIG],
  modules: [StacModule],
  open: async (settings) => [await openDatabase(settings)],
});
