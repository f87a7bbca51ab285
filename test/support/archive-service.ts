import type { DynamicModule, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { openEventBus } from '#adapters/event-bus/open-event-bus.js';
import { openObjectStore } from '#adapters/object-store/open-object-store.js';
import { objectStoreConfig } from '#adapters/object-store/object-store.config.js';
import { openDatabase } from '#adapters/postgres/open-database.js';
import { openRasterEngine } from '#adapters/raster/open-raster-engine.js';
import { rasterConfig } from '#adapters/raster/raster.config.js';
import { openOutgoingHttp } from '#adapters/upstream/open-outgoing-http.js';
import { outgoingConfig } from '#adapters/upstream/outgoing.config.js';
import { ObjectStore } from '#domain/ports/object-store.js';
import { portOf, type OpenedAdapter } from '#domain/ports/opened-adapter.js';
import { ProductStore } from '#domain/ports/product-store.js';
import type { Product } from '#domain/product/product.js';
import { startService } from '#platform/run-service.js';
import { postgresDatabases, type TestDatabase } from './database.js';

/** A service over a real archive: catalogue in PostgreSQL, objects in files, events in the process, the raster engine. */
export interface ArchiveService {
  readonly url: string;
  readonly app: NestFastifyApplication;
  /** Folder of the object store; an object's file is its key below `objects`. */
  readonly folder: string;
  put(key: string, bytes: Uint8Array): Promise<void>;
  publish(products: readonly Product[]): Promise<void>;
  stop(): Promise<void>;
}

/** What runs on the archive; `config` is what its classes inject besides the platform's. */
export interface ArchiveServiceParts {
  readonly modules: readonly (Type | DynamicModule)[];
  readonly config?: z.ZodObject;
  readonly configTokens?: readonly symbol[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts the modules over an empty archive; PostgreSQL is started too. */
export async function startArchiveService(parts: ArchiveServiceParts): Promise<ArchiveService> {
  const databases = postgresDatabases();
  const folder = await mkdtemp(join(tmpdir(), 'frombork-archive-'));
  const database = await databases.open();
  const adapters = await openArchive(database, folder);
  const service = await startService(
    {
      name: 'archive-test',
      config: parts.config ?? z.object({}),
      configTokens: parts.configTokens ?? [],
      modules: parts.modules,
      open: () => Promise.resolve(adapters),
    },
    { PORT: '0', LOG_LEVEL: 'silent', FROMBORK_OPERATOR_TOKEN: 'operator-token-of-this-test', ...parts.environment },
  );
  return {
    url: service.url,
    app: service.app,
    folder,
    put: async (key, bytes) => {
      await service.app.get(ObjectStore).put(key, once(bytes), { size: bytes.length });
    },
    publish: async (products) => {
      await service.app.get(ProductStore).publish(products, { source: 'test' });
    },
    stop: async () => {
      await service.stop();
      await database.close();
      await databases.stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function openArchive(database: TestDatabase, folder: string): Promise<readonly OpenedAdapter[]> {
  const objects = await openObjectStore(objectStoreConfig.parse({ FROMBORK_DATA: folder }));
  return [
    await openDatabase(database.config),
    objects,
    await openEventBus({}),
    openOutgoingHttp(outgoingConfig.parse({})),
    await openRasterEngine(rasterConfig.parse({}), portOf(objects, ObjectStore)),
  ];
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
