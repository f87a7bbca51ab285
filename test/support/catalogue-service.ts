import type { DynamicModule, Type } from '@nestjs/common';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { objectStoreConfig } from '#adapters/object-store/object-store.config.js';
import { openObjectStore } from '#adapters/object-store/open-object-store.js';
import { maintainCatalogue } from '#adapters/postgres/maintain-catalogue.js';
import { openDatabase } from '#adapters/postgres/open-database.js';
import { openOutgoingHttp } from '#adapters/upstream/open-outgoing-http.js';
import { outgoingConfig } from '#adapters/upstream/outgoing.config.js';
import { ObjectStore } from '#domain/ports/object-store.js';
import { ProductStore } from '#domain/ports/product-store.js';
import type { Product } from '#domain/product/product.js';
import { startService } from '#platform/run-service.js';
import { FEDERATION_CONFIG, federationConfig } from '#services/discovery/src/federation/federation.config.js';
import { EXPORT_CONFIG, exportConfig } from '#services/stac/src/stac.config.js';
import { postgresDatabases, type TestDatabaseKind } from './database.js';
import { serverUpkeep } from './server-upkeep.js';

/** A service over a real catalogue and a folder of objects. */
export interface CatalogueService {
  readonly url: string;
  /** Puts an object where the service keeps its own. */
  store(key: string, bytes: Uint8Array): Promise<void>;
  publish(products: readonly Product[]): Promise<void>;
  /** What maintenance does after a bulk load: counters folded, statistics taken. */
  settle(): Promise<void>;
  /** Until the server does nothing of its own accord, which would hold back changes. */
  undisturbed(): Promise<void>;
  /** The adapter behind a port. */
  port<T>(token: abstract new (...args: never[]) => T): T;
  stop(): Promise<void>;
}

/** What a test may choose. */
export interface CatalogueServiceOptions {
  /** FEDERATION_ALLOW: private hosts and networks the service may ask; none by default. */
  readonly allow?: string;
  /** Where the catalogue is; a PostgreSQL of its own by default. */
  readonly databases?: TestDatabaseKind;
  /** Further variables of the environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts the modules over a catalogue of their own that holds these products; PostgreSQL is started too. */
export async function startCatalogueService(
  modules: readonly (Type | DynamicModule)[],
  products: readonly Product[],
  options: CatalogueServiceOptions = {},
): Promise<CatalogueService> {
  const databases = options.databases ?? postgresDatabases();
  try {
    const service = await startOver(databases, modules, options);
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
  { allow = '', environment = {} }: CatalogueServiceOptions,
): Promise<CatalogueService> {
  const database = await databases.open();
  const folder = await mkdtemp(join(tmpdir(), 'frombork-catalogue-'));
  const service = await startService(
    {
      name: 'catalogue-test',
      config: z.object({
        ...objectStoreConfig.shape,
        ...outgoingConfig.shape,
        ...federationConfig.shape,
        ...exportConfig.shape,
      }),
      configTokens: [EXPORT_CONFIG, FEDERATION_CONFIG],
      modules,
      open: async (settings) => [
        await openDatabase(database.config),
        await openObjectStore(settings),
        openOutgoingHttp(settings),
      ],
    },
    {
      PORT: '0',
      LOG_LEVEL: 'silent',
      FROMBORK_OPERATOR_TOKEN: 'operator-token-of-this-test',
      FROMBORK_DATA: folder,
      FEDERATION_ALLOW: allow,
      ...environment,
    },
  );
  return {
    url: service.url,
    store: async (key, bytes) => {
      await service.app.get(ObjectStore).put(key, Readable.from([bytes]));
    },
    publish: async (products) => {
      await service.app.get(ProductStore).publish(products, { source: 'test' });
    },
    settle: async () => {
      await maintainCatalogue(database.sql);
      await database.sql.execute('analyze');
    },
    undisturbed: () => serverUpkeep(database.sql),
    port: (token) => service.app.get(token as Type),
    stop: async () => {
      await service.stop();
      await database.close();
      await rm(folder, { recursive: true });
      await databases.stop();
    },
  };
}
