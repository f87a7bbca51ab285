import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { ChangeFeed } from '#domain/ports/change-feed.js';
import type { OpenedAdapter, PortToken } from '#domain/ports/opened-adapter.js';
import { HarvestStore } from '#domain/ports/harvest-store.js';
import { IntakeStore } from '#domain/ports/intake-store.js';
import { Inbox, Outbox } from '#domain/ports/outbox.js';
import { OverviewIndex } from '#domain/ports/overview-index.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { ProductStore } from '#domain/ports/product-store.js';
import { SubscriptionStore } from '#domain/ports/subscription-store.js';
import { testDatabases } from '#test/support/database.js';
import { databaseConfig } from './database.config.js';
import { openDatabase } from './open-database.js';

/** Servers start in here; on a busy machine a first embedded one takes a minute. */
jest.setTimeout(300_000);

const [postgres] = testDatabases();
afterAll(() => postgres?.stop());

const port = <T>(adapter: OpenedAdapter, token: PortToken) =>
  adapter.ports.find(([provided]) => provided === token)?.[1] as T;

async function journey(adapter: OpenedAdapter): Promise<void> {
  expect(adapter.ports.map(([token]) => token)).toEqual([
    ProductCatalog,
    ProductStore,
    ChangeFeed,
    Outbox,
    Inbox,
    HarvestStore,
    IntakeStore,
    OverviewIndex,
    SubscriptionStore,
  ]);
  await adapter.check();
  const id = randomUUID();
  const inbox = port<Inbox>(adapter, Inbox);
  const intakes = port<IntakeStore>(adapter, IntakeStore);
  const create = async () => {
    await intakes.create({ id, name: 'x', source: 'drop', path: '/x', holder: 'h', state: 'received' });
  };
  const failing = inbox.once('test', id, async () => {
    await create();
    throw new Error('not now');
  });
  await expect(failing).rejects.toThrow('not now');
  expect(await intakes.find(id)).toBeUndefined();
  expect(await inbox.once('test', id, create)).toBe(true);
  expect((await intakes.find(id))?.name).toBe('x');
  expect(await port<Outbox>(adapter, Outbox).backlog()).toBe(0);
  expect(await port<ProductCatalog>(adapter, ProductCatalog).find({ collection: 'none', id: 'none' })).toBeUndefined();
}

describe('openDatabase', () => {
  it('gives every store on a PostgreSQL server', async () => {
    const database = await postgres?.open();
    const adapter = await openDatabase(databaseConfig.parse(database?.config));
    expect(adapter.notices).toEqual([]);
    await journey(adapter);
    await adapter.close();
    await database?.close();
  });

  it('gives every store embedded, says what it does not promise, and keeps the data', async () => {
    const config = databaseConfig.parse({ FROMBORK_DATA: await mkdtemp(join(tmpdir(), 'frombork-embedded-')) });
    const adapter = await openDatabase(config);
    expect(adapter.notices?.join()).toMatch(/power loss.*one process/);
    await journey(adapter);
    await adapter.close();
    const again = await openDatabase(config);
    expect(await port<IntakeStore>(again, IntakeStore).list({ limit: 5 })).toHaveLength(1);
    await again.close();
    await rm(config.FROMBORK_DATA, { recursive: true });
  });
});
