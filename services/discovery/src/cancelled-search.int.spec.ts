import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { postgresDatabases, type TestDatabase } from '#test/support/database.js';
import { manyProducts } from '#test/support/sample-products.js';
import { DiscoveryModule } from './discovery.module.js';

/** A search that waits for a lock stands for one that takes long. */
describe('a search nobody waits for, and one that takes too long', () => {
  let service: CatalogueService;
  let database: TestDatabase;
  const databases = postgresDatabases();

  beforeAll(async () => {
    const kind = {
      ...databases,
      open: async () => {
        database = await databases.open();
        return { ...database, config: { ...database.config, DATABASE_STATEMENT_TIMEOUT_MS: 3_000 } };
      },
    };
    service = await startCatalogueService([DiscoveryModule], manyProducts(3), { databases: kind });
  }, 120_000);
  afterAll(() => service.stop());

  const waiting = async () => {
    const rows = await database.sql.query<{ n: number }>(
      `select count(*) as n from pg_stat_activity
       where wait_event_type = 'Lock' and datname = current_database()`,
    );
    return rows[0]?.n ?? 0;
  };
  const until = async (holds: () => Promise<boolean>) => {
    while (!(await holds())) await sleep(20);
  };
  /** Keeps every search waiting while `work` goes on. */
  const locked = (work: () => Promise<void>) =>
    database.sql.join(async (sql) => {
      await sql.execute('lock table catalogue.product in access exclusive mode');
      await database.sql.apart(work);
    });

  it.each([
    'opensearch/request?cloudCover=1',
    'opensearch/facets?facets=platform&cloudCover=1',
    'csw?service=CSW&version=3.0.0&request=GetRecords&typeNames=csw:Record&elementSetName=full&resultType=results&constraintLanguage=CQL_TEXT&constraint=CloudCover%3E1',
  ])(
    'stops in the database when the client leaves: %s',
    async (path) => {
      await locked(async () => {
        const request = get(`${service.url}/${path}`).on('error', () => undefined);
        await until(async () => (await waiting()) > 0);
        request.destroy();
        await until(async () => (await waiting()) === 0);
      });
    },
    30_000,
  );

  it.each([
    ['opensearch/request?cloudCover=1', 'ows:ExceptionReport'],
    ['dhus/search?q=cloudcoverpercentage:1', 'error'],
    ['odata/v1/Products?$filter=Name eq %27x%27', '"timeout"'],
    ['oai?verb=ListRecords&metadataPrefix=oai_dc', 'time budget'],
  ])(
    'is given up after its budget, with when to come again: %s',
    async (path, form) => {
      await locked(async () => {
        const answer = await fetch(`${service.url}/${path}`);
        expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10']);
        expect(await answer.text()).toContain(form);
      });
    },
    30_000,
  );
});
