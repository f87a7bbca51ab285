import { once } from 'node:events';
import { z } from 'zod';
import { CswModule } from '#services/discovery/src/csw/csw.module.js';
import { FEDERATION_CONFIG, federationConfig } from '#services/discovery/src/federation/federation.config.js';
import { startArchiveService, type ArchiveService } from '#test/support/archive-service.js';
import { MAP_CONFIG, mapConfig } from '#services/view/src/view.config.js';
import { ViewModule } from '#services/view/src/view.module.js';

/** Serves the view service, and the catalogue door that the metadata of its layers are behind, over an archive that `fill` puts things into; prints its address, and ends when its input does. */
export async function serveView(fill: (service: ArchiveService) => Promise<void>): Promise<void> {
  const service = await startArchiveService({
    modules: [ViewModule, CswModule],
    config: z.object({ ...mapConfig.shape, ...federationConfig.shape }),
    configTokens: [MAP_CONFIG, FEDERATION_CONFIG],
    environment: {
      FROMBORK_CONTACT_ORGANISATION: 'Operators of the conformance run',
      FROMBORK_CONTACT_TELEPHONE: '+49 30 0000000',
      FROMBORK_CONTACT_EMAIL: 'operators@example.org',
    },
  });
  try {
    await fill(service);
    console.log(service.url);
    process.stdin.resume();
    await once(process.stdin, 'end');
  } finally {
    await service.stop();
  }
}
