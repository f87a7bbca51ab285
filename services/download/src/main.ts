import { openObjectStore } from '#adapters/object-store/open-object-store.js';
import { openDatabase } from '#adapters/postgres/open-database.js';
import { runService } from '#platform/run-service.js';
import { downloadConfig } from './download.config.js';
import { DownloadModule } from './download.module.js';

await runService({
  name: 'download',
  config: downloadConfig.required({ DATABASE_URL: true, S3_ENDPOINT: true }),
  open: async (config) => [await openDatabase(config), await openObjectStore(config)],
  modules: [DownloadModule],
});
