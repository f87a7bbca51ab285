import type { DynamicModule, Type } from '@nestjs/common';
import { z } from 'zod';
import { openDatabase } from '#adapters/postgres/open-database.js';
import { ProductStore } from '#domain/ports/product-store.js';
import type { Product } from '#domain/product/product.js';
import { startService } from '#platform/run-service.js';
import { postgresDatabases, type TestDatabaseKind } from './database.js';

/** A service over a real catalogue. */
export interface CatalogueService {
  readonly url: string;
  publish(products: readonly Product[]): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the modules over a catalogue of their own that holds these products; PostgreSQL is started too. */
export async function startCatalogueService(
  modules: readonly (Type | DynamicModule)[],
  products: readonly Product[],
): Promise<CatalogueService> {
  const databases = postgresDatabases();
  try {
    const service = await startOver(databases, modules);
    await service.publish(products);
    return service;
  } catch (error) {
    await databases.stop();
    throw error;
  }
}

async function startOver(
  databases: TestDatabaseKind,
  modules: readonly (Type | DynamicModule)[],
): Promise<CatalogueService> {
  const database = await databases.open();
  const service = await startService(
    { name: 'catalogue-test', config: z.object({}), modules, open: async () => [await openDatabase(database.config)] },
    { PORT: '0', LOG_LEVEL: 'silent', FROMBORK_OPERATOR_TOKEN: 'operator-token-of-this-test' },
  );
  return {
    url: service.url,
    publish: async (products) => {
      await service.app.get(ProductStore).publish(products, { source: 'test' });
    },
    stop: async () => {
      await service.stop();
      await database.close();
      await databases.stop();
    },
  };
}
