import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DiscoveryModule } from '#services/discovery/src/discovery.module.js';
import { StacModule } from '#services/stac/src/stac.module.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { manyProducts } from '#test/support/sample-products.js';
import { ATTACKS, type Attack } from './attacks.js';
import type { HostileAnswer } from './own-form.js';

/** Hostile requests through every door: each refused in the door's own words, and the service is as well as before. */
describe('hostile requests', () => {
  let service: CatalogueService;
  const took: { readonly name: string; readonly ms: number }[] = [];

  beforeAll(async () => {
    service = await startCatalogueService([DiscoveryModule, StacModule], manyProducts(25));
  }, 120_000);

  afterAll(async () => {
    const [slowest] = took.toSorted((a, b) => b.ms - a.ms);
    if (slowest !== undefined) process.stdout.write(`slowest answer: ${slowest.name}, ${slowest.ms.toFixed(0)} ms\n`);
    await service.stop();
  });

  const send = async ({ name, path, init }: Attack): Promise<HostileAnswer> => {
    const begin = performance.now();
    const answer = await fetch(service.url + path, init);
    const body = await answer.text();
    took.push({ name, ms: performance.now() - begin });
    const { status, headers } = answer;
    return { status, mediaType: headers.get('content-type') ?? '', body, headers };
  };

  it.each(ATTACKS.map((attack) => [attack.name, attack] as const))('%s', async (_name, attack) => {
    const answer = await send(attack);
    expect([answer.status, answer.body.slice(0, 600), attack.refused(answer)]).toEqual([
      expect.any(Number),
      expect.not.stringMatching(/node_modules|\.ts:\d|root:x:0|select .* from catalogue/),
      true,
    ]);
  });

  it('still answers and has lost nothing', async () => {
    const answer = await fetch(`${service.url}/stac/search?limit=1`);
    expect(await answer.json()).toMatchObject({ numberMatched: 25 });
  });
});
