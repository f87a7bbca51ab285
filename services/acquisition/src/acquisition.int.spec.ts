import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pack } from 'tar-stream';
import { z } from 'zod';
import { openEventBus } from '#adapters/event-bus/open-event-bus.js';
import { openObjectStore } from '#adapters/object-store/open-object-store.js';
import { databaseConfig } from '#adapters/postgres/database.config.js';
import { objectStoreConfig } from '#adapters/object-store/object-store.config.js';
import { openDatabase } from '#adapters/postgres/open-database.js';
import { openRasterIngest } from '#adapters/raster/open-raster-ingest.js';
import { rasterIngestConfig } from '#adapters/raster/raster-ingest.config.js';
import { EventBus } from '#domain/ports/event-bus.js';
import type { Intake } from '#domain/intake/intake.js';
import { ObjectStore } from '#domain/ports/object-store.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { startService, type RunningService } from '#platform/run-service.js';
import { openOneConnection } from '#test/support/one-connection.js';
import { ACQUISITION_CONFIG, AcquisitionModule, acquisitionConfig } from './acquisition.module.js';

const TOKEN = 'a-token-of-the-operator';
const config = z.object({
  ...databaseConfig.shape,
  ...objectStoreConfig.shape,
  ...rasterIngestConfig.shape,
  ...acquisitionConfig.shape,
});

const item = (id: string, assets: object, properties: object = {}): object => ({
  type: 'Feature',
  stac_version: '1.1.0',
  id,
  collection: 'sentinel-1-grd',
  geometry: { type: 'Point', coordinates: [8, 50] },
  bbox: [8, 50, 8, 50],
  properties: { datetime: '2026-01-01T00:00:00Z', platform: 'sentinel-1a', ...properties },
  links: [],
  assets,
});

async function tarOf(files: Record<string, string>): Promise<Buffer> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, content);
  tar.finalize();
  return Buffer.concat(await Array.fromAsync(tar as AsyncIterable<Uint8Array>));
}

describe('acquisition over HTTP', () => {
  let data: string;
  let service: RunningService;

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'frombork-acquisition-'));
    service = await startService(
      {
        name: 'acquisition',
        config,
        configTokens: [ACQUISITION_CONFIG],
        modules: [AcquisitionModule],
        open: async (settings) => [
          await openDatabase(settings),
          await openObjectStore(settings),
          await openEventBus({}),
          await openRasterIngest(settings),
        ],
      },
      {
        PORT: '0',
        FROMBORK_DATA: data,
        FROMBORK_OPERATOR_TOKEN: TOKEN,
        LOG_LEVEL: 'error',
        ACQUISITION_SETTLE_SECONDS: '0',
      },
    );
  }, 60_000);

  afterAll(async () => {
    await service?.stop();
    await rm(data, { recursive: true, force: true });
  });

  const call = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${service.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/octet-stream' },
    });

  async function ingest(name: string, body: Buffer | string): Promise<Intake> {
    const answer = await call(`/ingest/${name}`, { method: 'PUT', body });
    expect(answer.status).toBe(202);
    const { id } = (await answer.json()) as Intake;
    for (let poll = 0; poll < 200; poll++) {
      const intake = (await (await call(`/ingest/intakes/${id}`)).json()) as Intake;
      if (['drawn', 'unchanged', 'quarantined'].includes(intake.state)) return intake;
      await wait(25);
    }
    throw new Error(`${name} did not come to an end`);
  }

  const catalog = (): ProductCatalog => service.app.get(ProductCatalog);
  const objects = async (): Promise<string[]> =>
    (await Array.fromAsync(service.app.get(ObjectStore).list('products/'))).map(({ key }) => key);

  it('takes a STAC Item with its asset, keeps it as a zip, and serves the asset from inside it', async () => {
    const tar = await tarOf({
      'ONE/ONE.json': JSON.stringify(item('ONE', { data: { href: './data.txt', roles: ['data'] } })),
      'ONE/data.txt': 'payload',
    });
    const intake = await ingest('ONE.tar', tar);
    expect(intake).toMatchObject({
      state: 'drawn',
      collection: 'sentinel-1-grd',
      productId: 'ONE',
      reason: expect.stringContaining('nothing in it to draw from'),
    });
    const product = await catalog().find({ collection: 'sentinel-1-grd', id: 'ONE' });
    expect(product).toMatchObject({ online: 'online', content: { fileName: 'ONE.zip' } });
    const location = product?.assets['data']?.location;
    const range = { offset: location?.offset ?? 0, length: location?.length ?? 0 };
    const bytes = await Array.fromAsync(await service.app.get(ObjectStore).get(location?.key ?? '', range));
    expect(Buffer.concat(bytes).toString()).toBe('payload');
  });

  it('finds the same product unchanged, and one with other bytes changed, leaving no object behind', async () => {
    const again = await tarOf({
      'ONE/ONE.json': JSON.stringify(item('ONE', { data: { href: './data.txt', roles: ['data'] } })),
      'ONE/data.txt': 'payload',
    });
    expect((await ingest('ONE.tar', again)).state).toBe('unchanged');
    const before = await objects();
    const changed = await tarOf({
      'ONE/ONE.json': JSON.stringify(item('ONE', { data: { href: './data.txt', roles: ['data'] } })),
      'ONE/data.txt': 'new payload',
    });
    expect((await ingest('ONE.tar', changed)).state).toBe('drawn');
    const after = await objects();
    expect(after).toHaveLength(before.length);
    expect(after).not.toEqual(before);
  });

  it.each<[string, string, Record<string, string> | string, RegExp]>([
    ['an unknown file', 'note.txt', 'hello', /neither a SAFE or SEN3 folder/],
    [
      'a missing asset',
      'TWO.tar',
      { 'TWO/TWO.json': JSON.stringify(item('TWO', { data: { href: 'gone.tif' } })) },
      /names TWO\/gone\.tif.*not in the product/,
    ],
    [
      'a path out of the folder',
      'TWO.tar',
      { 'TWO/TWO.json': JSON.stringify(item('TWO', { data: { href: '../x' } })) },
      /leads out/,
    ],
    [
      'a file address',
      'TWO.tar',
      { 'TWO/TWO.json': JSON.stringify(item('TWO', { data: { href: 'file:///etc/passwd' } })) },
      /none others could open/,
    ],
    ['half a JSON', 'TWO.json', '{"type":"Feature"', /not JSON; it may be cut short/],
    [
      'an unknown collection',
      'TWO.json',
      JSON.stringify({ ...item('TWO', {}), collection: 'unheard-of' }),
      /unheard-of/,
    ],
  ])('quarantines %s with its reason, and nothing of it is visible', async (_what, name, content, reason) => {
    const body = typeof content === 'string' ? content : await tarOf(content);
    expect(await ingest(name, body)).toMatchObject({ state: 'quarantined', reason: expect.stringMatching(reason) });
    expect(await catalog().findById('TWO')).toBeUndefined();
    expect((await objects()).filter((key) => key.includes('TWO'))).toEqual([]);
  });

  it('takes items in bulk, tells which lines are bad, and finds all unchanged the second time', async () => {
    const lines = Array.from({ length: 700 }, (_, index) => JSON.stringify(item(`BULK_${index}`, {})));
    lines[3] = '{';
    lines[600] = JSON.stringify({ ...item('BAD', {}), collection: 'unheard-of' });
    const post = (): Promise<Response> => call('/ingest/items', { method: 'POST', body: lines.join('\n') });
    expect(await (await post()).json()).toMatchObject({
      created: 698,
      failed: 2,
      failures: [{ line: 4 }, { line: 601, id: 'BAD' }],
    });
    expect(await (await post()).json()).toMatchObject({ created: 0, modified: 0, unchanged: 698 });
  });

  it('announces what it published, and removes with a tombstone', async () => {
    const seen: string[] = [];
    await service.app.get(EventBus).subscribe({
      name: 'spec',
      pattern: 'frombork.product.>',
      handler: ({ type, subject }) => Promise.resolve(void seen.push(`${type} ${subject}`)),
    });
    await ingest('EVENT.json', JSON.stringify(item('EVENT', { data: { href: 'https://example.org/x.tif' } })));
    expect((await call('/ingest/products/sentinel-1-grd/EVENT', { method: 'DELETE' })).status).toBe(204);
    expect((await call('/ingest/products/sentinel-1-grd/EVENT', { method: 'DELETE' })).status).toBe(404);
    for (let poll = 0; poll < 100 && !seen.some((event) => event.includes('deleted sentinel-1-grd/EVENT')); poll++)
      await wait(50);
    expect(seen).toContain('frombork.product.published sentinel-1-grd/EVENT');
    expect(seen).toContain('frombork.product.deleted sentinel-1-grd/EVENT');
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['another folder than its name says', { 'OTHER/OTHER.json': '{}' }, /one folder at its top, TAR/],
    ['a file that is a folder too', { 'TAR/a': 'x', 'TAR/a/b': 'y' }, /a name twice/],
    ['a name with control characters', { 'TAR/a\nb': 'x' }, /not allowed/],
  ])('refuses a tar with %s, and keeps the reason', async (_what, files, reason) => {
    const answer = await call('/ingest/TAR.tar', { method: 'PUT', body: await tarOf(files) });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringMatching(reason)]);
    const { intakes } = (await (await call('/ingest?limit=1')).json()) as { intakes: Intake[] };
    expect(intakes).toMatchObject([{ state: 'quarantined', reason: expect.stringMatching(reason) }]);
  });

  it('refuses names and strangers', async () => {
    expect((await call('/ingest/..%2f..%2fx.zip', { method: 'PUT', body: 'x' })).status).toBe(400);
    expect((await fetch(`${service.url}/ingest/X.zip`, { method: 'PUT', body: 'x' })).status).toBe(401);
  });

  it.each([
    ['/ingest/GIANT.tar', 400],
    ['/ingest/no%20name.zip', 400],
    ['/ingest/products/x', 404],
  ])(
    'refuses a long upload to %s, and answers the next request on the connection',
    async (path, status) => {
      const client = openOneConnection(service.url);
      const headers = { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/octet-stream' };
      try {
        expect((await client.send(path, 'PUT', headers, Buffer.alloc(24 << 20, 'a '))).status).toBe(status);
        expect((await client.send('/ingest?limit=1', 'GET', headers)).status).toBe(200);
      } finally {
        client.close();
      }
    },
    90_000,
  );
});
