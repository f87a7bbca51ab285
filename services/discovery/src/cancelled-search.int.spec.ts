import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { postgresDatabases, type TestDatabase } from '#test/support/database.js';
import { manyProducts } from '#test/support/sample-products.js';
import { DiscoveryModule } from './discovery.module.js';

jest.setTimeout(120_000);

const HOUR_MS = 3_600_000;
const TOKEN = { authorization: 'Bearer operator-token-of-this-test' };

/** A path of every controller that asks the catalogue. */
const BUDGETED = [
  'opensearch/request',
  'opensearch/facets?facets=platform',
  'opensearch/timeline?interval=month',
  'opensearch/changes',
  'oai?verb=ListRecords&metadataPrefix=oai_dc',
  'csw?service=CSW&version=2.0.2&request=GetRecords&typeNames=csw:Record',
  'csw/harvests',
  'resto/api/collections/search.json',
  'resto/collections/Sentinel2/x.json',
  'dhus/search?q=*',
  'dhus/odata/v1/Products',
  'odata/v1/Products',
  'odata/v1/Subscriptions',
  "odata/v1/Subscriptions('x')/Read",
];

/** A search that waits for a lock stands for one that takes long. */
describe('a search nobody waits for, and one that takes too long', () => {
  let service: CatalogueService;
  let database: TestDatabase;
  afterEach(() => service.stop());

  const start = async (timeoutMs: number, environment: Record<string, string> = {}) => {
    const databases = postgresDatabases();
    const open = async () => {
      database = await databases.open();
      return { ...database, config: { ...database.config, DATABASE_STATEMENT_TIMEOUT_MS: timeoutMs } };
    };
    service = await startCatalogueService([DiscoveryModule], manyProducts(3), {
      databases: { ...databases, open },
      environment,
    });
  };
  const untilWaiting = async (some: boolean) => {
    for (;;) {
      const [row] = await database.sql.query<{ n: number }>(
        "select count(*) as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      );
      if ((row?.n ?? 0) > 0 === some) return;
      await sleep(20);
    }
  };
  /** Keeps every search waiting while `work` goes on. */
  const locked = (work: () => Promise<void>) =>
    database.sql.join(async (sql) => {
      await sql.execute('lock table catalogue.product in access exclusive mode');
      await database.sql.apart(work);
    });

  it('stops in the database when the client leaves', async () => {
    await start(HOUR_MS);
    for (const path of [
      'opensearch/request?cloudCover=1',
      'opensearch/facets?facets=platform&cloudCover=1',
      'opensearch/changes',
      'odata/v1/Products?$filter=Attributes/OData.CSC.DoubleAttribute/any(a:a/Name eq %27cloudCover%27 and a/Value lt 5)',
      'dhus/search?q=cloudcoverpercentage:1',
      'oai?verb=ListRecords&metadataPrefix=oai_dc',
    ]) {
      const address = `${service.url}/${path.replaceAll(' ', '%20')}`;
      // The collections are read once for all requests, whoever of them leaves.
      expect((await fetch(address)).status).toBe(200);
      await locked(async () => {
        const request = get(address).on('error', () => undefined);
        await untilWaiting(true);
        request.destroy();
        await untilWaiting(false);
      });
    }
  });

  it('keeps its place: whoever has no more is refused wherever a search is asked', async () => {
    await start(HOUR_MS, { CLIENT_CONCURRENCY: '1', CLIENT_QUEUE: '0' });
    await locked(async () => {
      const running = get(`${service.url}/opensearch/request?cloudCover=1`, { headers: TOKEN }).on(
        'error',
        () => undefined,
      );
      await untilWaiting(true);
      for (const path of BUDGETED) {
        const answer = await fetch(`${service.url}/${path}`, { headers: TOKEN });
        expect([path, answer.status, answer.headers.has('retry-after')]).toEqual([path, 429, true]);
      }
      running.destroy();
      await untilWaiting(false);
    });
  });

  it('is given up after its budget, with when to come again', async () => {
    await start(1_000);
    for (const [path, form] of [
      ['opensearch/request?cloudCover=1', 'ows:ExceptionReport'],
      ['dhus/search?q=cloudcoverpercentage:1', '<error'],
      ['odata/v1/Products?$filter=Name eq %27x%27', '"timeout"'],
      ['oai?verb=ListRecords&metadataPrefix=oai_dc', 'time budget'],
    ] as const) {
      await locked(async () => {
        const answer = await fetch(`${service.url}/${path}`);
        expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, 503, '10']);
        expect(await answer.text()).toContain(form);
      });
    }
  });
});
