import { afterAll, describe } from '@jest/globals';
import type { DomainEvent } from '#domain/event/event.js';
import type { ProductEventData } from '#domain/event/product-events.js';
import { testCollection } from '#test/support/catalogue-products.js';
import { testDatabases, type TestDatabaseKind } from '#test/support/database.js';
import { seedCollections } from './catalog-collections.js';
import { maintainCatalogue } from './maintain-catalogue.js';
import { PostgresProductCatalog } from './postgres-product-catalog.js';
import { PostgresProductStore } from './postgres-product-store.js';
import { productCatalogContract } from './product-catalog.contract.js';
import { productExpectationsContract } from './product-expectations.contract.js';
import { productFacetsContract } from './product-facets.contract.js';
import { productPagingContract } from './product-paging.contract.js';
import { productStoreContract, type StartedCatalogue } from './product-store.contract.js';

async function startCatalogue(kind: TestDatabaseKind): Promise<StartedCatalogue> {
  const database = await kind.open();
  const { sql } = database;
  await seedCollections(sql, ['a', 'b'].map(testCollection));
  return {
    store: new PostgresProductStore(sql),
    catalog: new PostgresProductCatalog(sql, 'secret'),
    maintain: () => maintainCatalogue(sql),
    takeEvents: () =>
      sql.query<DomainEvent<ProductEventData>>(
        'with gone as (delete from bus.outbox returning *) select *, request_id as "requestId" from gone',
      ),
    fingerprint: async () => {
      const [row] = await sql.query<{
        text: string;
      }>(`select md5(string_agg(version, ',' order by version)) as text from (
        ${['collection', 'product_key', 'scene', 'tally', 'product', 'tombstone']
          .map((table) => `select concat_ws(' ', tableoid, ctid, xmin, xmax) as version from catalogue.${table}`)
          .join(' union all ')}) rows`);
      return row?.text ?? '';
    },
    stop: () => database.close(),
  };
}

describe.each(testDatabases().map((kind) => [kind.name, kind] as const))('%s', (name, kind) => {
  afterAll(() => kind.stop());
  productStoreContract(name, () => startCatalogue(kind));
  productExpectationsContract(name, () => startCatalogue(kind));
  productCatalogContract(name, () => startCatalogue(kind));
  productFacetsContract(name, () => startCatalogue(kind));
  productPagingContract(name, () => startCatalogue(kind));
});
