import { once } from 'node:events';
import { startArchiveService, type ArchiveService } from '#test/support/archive-service.js';
import { MAP_CONFIG, mapConfig } from '#services/view/src/view.config.js';
import { ViewModule } from '#services/view/src/view.module.js';

/** Serves the view service over an archive that `fill` puts things into; prints its address, and ends when its input does. */
export async function serveView(fill: (service: ArchiveService) => Promise<void>): Promise<void> {
  const service = await startArchiveService({
    modules: [ViewModule],
    config: mapConfig,
    configTokens: [MAP_CONFIG],
    environment: {
      FROMBORK_CONTACT_ORGANISATION: 'Operators of the conformance run',
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
