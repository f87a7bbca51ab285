import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { openOneConnection, type OneConnection } from '#test/support/one-connection.js';
import { SENTINEL_2 } from '#test/support/sample-products.js';
import { DiscoveryModule } from './discovery.module.js';

/** A body no door takes. */
const GIANT = Buffer.alloc(24 << 20, 'a ');

describe('bodies larger than a door takes', () => {
  let service: CatalogueService;
  let client: OneConnection;

  beforeAll(async () => {
    service = await startCatalogueService([DiscoveryModule], [SENTINEL_2]);
    client = openOneConnection(service.url);
  }, 120_000);

  afterAll(async () => {
    client.close();
    await service.stop();
  }, 60_000);

  it.each([
    ['/csw', 'application/xml', '<ows:ExceptionText>The body is larger'],
    ['/csw', 'application/octet-stream', '<ows:ExceptionText>The body is larger'],
    ['/oai', 'application/octet-stream', 'The body is larger'],
    ['/odata/v1/Products/OData.CSC.FilterList', 'application/json', 'too large'],
    ['/dhus/search', 'application/x-www-form-urlencoded', 'too large'],
  ])(
    '%s refuses %s, and answers the next request on the connection',
    async (path, type, words) => {
      const refused = await client.send(path, 'POST', { 'Content-Type': type }, GIANT);
      expect(refused).toEqual({ status: 413, body: expect.stringContaining(words) });
      expect((await client.send('/oai?verb=Identify')).status).toBe(200);
    },
    90_000,
  );
});
