import { openObjectStore } from '#adapters/object-store/open-object-store.js';
import { openDatabase } from '#adapters/postgres/open-database.js';
import { openOutgoingHttp } from '#adapters/upstream/open-outgoing-http.js';
import { runService } from '#platform/run-service.js';
import { discoveryConfig } from './discovery.config.js';
import { DiscoveryModule, FEDERATION_CONFIG } from './discovery.module.js';

await runService({
  name: 'discovery',
  config: discoveryConfig.required({ DATABASE_URL: true, S3_ENDPOINT: true }),
  configTokens: [FEDERATION_CONFIG],
  modules: [DiscoveryModule],
  open: async (settings) => [await openDatabase(settings), await openObjectStore(settings), openOutgoingHttp(settings)],
});
