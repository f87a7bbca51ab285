import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { pack } from 'tar-stream';
import { JetStreamEventBus } from '#adapters/event-bus/jetstream-event-bus.js';
import { S3ObjectStore } from '#adapters/object-store/s3-object-store.js';
import type { ProductEventData } from '#domain/event/product-events.js';
import { startBackends, type Backends } from '#test/support/backends.js';
import { startServiceProcess, type ServiceProcess } from '#test/support/service-process.js';

const COUNT = 500;
const UPLOADS = 4;
const FINAL = new Set(['drawn', 'unchanged', 'quarantined']);

const idOf = (index: number): string => `JOURNEY_${String(index).padStart(4, '0')}`;

/** A STAC Item with one asset beside it, as the folder the operator's command would send. */
async function tarOf(index: number): Promise<Buffer> {
  const id = idOf(index);
  const longitude = 6 + (index % 90) / 10;
  const item = {
    type: 'Feature',
    stac_version: '1.1.0',
    id,
    collection: 'sentinel-1-grd',
    geometry: { type: 'Point', coordinates: [longitude, 50] },
    bbox: [longitude, 50, longitude, 50],
    properties: { datetime: new Date(Date.UTC(2026, 0, 1) + index * 3_600_000).toISOString(), platform: 'sentinel-1a' },
    links: [],
    assets: { data: { href: './data.txt', type: 'text/plain', roles: ['data'] } },
  };
  const tar = pack();
  tar.entry({ name: `${id}/${id}.json` }, JSON.stringify(item));
  tar.entry({ name: `${id}/data.txt` }, `payload ${index} `.repeat(200));
  tar.finalize();
  return Buffer.concat(await Array.fromAsync(tar as AsyncIterable<Uint8Array>));
}

describe('separate services on PostgreSQL, NATS and S3, killed at random while 500 products come in', () => {
  let backends: Backends;
  let acquisition: ServiceProcess;
  let stac: ServiceProcess;
  let doors: readonly ServiceProcess[];
  let recorder: JetStreamEventBus;
  const published = new Map<string, number>();

  beforeAll(async () => {
    backends = await startBackends();
    const environment = { ...backends.environment, ACQUISITION_PARALLEL: '4' };
    acquisition = await startServiceProcess('acquisition', environment);
    stac = await startServiceProcess('stac', environment);
    doors = [
      stac,
      ...(await Promise.all(['discovery', 'download', 'view'].map((name) => startServiceProcess(name, environment)))),
    ];
    recorder = await JetStreamEventBus.open({ url: backends.nats.url });
    await recorder.subscribe({
      name: 'journey',
      pattern: 'frombork.product.>',
      handler: ({ data: product }) => {
        const { id } = product as ProductEventData;
        published.set(id, (published.get(id) ?? 0) + 1);
        return Promise.resolve();
      },
    });
  }, 180_000);

  afterAll(async () => {
    await Promise.allSettled([acquisition, ...(doors ?? [])].map((service) => service?.stop()));
    await recorder?.close();
    await backends?.stop();
  }, 60_000);

  /** What an operator's script does: try again until the mirror says what became of it. */
  async function deliver(index: number): Promise<void> {
    const body = await tarOf(index);
    const headers = { authorization: `Bearer ${backends.token}`, 'content-type': 'application/x-tar' };
    for (let attempt = 0; attempt < 200; attempt++) {
      try {
        const answer = await fetch(`${acquisition.url}/ingest/${idOf(index)}.tar`, { method: 'PUT', headers, body });
        if (answer.status === 202 && (await settled(((await answer.json()) as { id: string }).id, headers))) return;
      } catch {
        // The process was killed under the request: the next attempt finds it restarted.
      }
      await wait(200);
    }
    throw new Error(`${idOf(index)} was never taken in:\n${acquisition.log()}`);
  }

  async function settled(intakeId: string, headers: Record<string, string>): Promise<boolean> {
    for (let poll = 0; poll < 600; poll++) {
      const answer = await fetch(`${acquisition.url}/ingest/intakes/${intakeId}`, { headers }).catch(() => undefined);
      if (answer?.status === 200) {
        const { state, reason } = (await answer.json()) as { state: string; reason?: string };
        if (state === 'quarantined' && !/restart|cut short/.test(reason ?? ''))
          throw new Error(`quarantined: ${reason}`);
        if (FINAL.has(state)) return state !== 'quarantined';
      }
      await wait(100);
    }
    return false;
  }

  async function catalogued(): Promise<{ ids: string[]; keys: Set<string> }> {
    const rows = await backends.database.sql.query<{
      id: string;
      content: { key: string; nodesKey?: string };
      assets: Record<string, { location?: { key: string } }>;
    }>('select id, content, assets from catalogue.product order by id', []);
    const keys = rows.flatMap(({ content, assets }) => [
      content.key,
      content.nodesKey,
      ...Object.values(assets).map(({ location }) => location?.key),
    ]);
    return { ids: rows.map(({ id }) => id), keys: new Set(keys.filter((key) => key !== undefined)) };
  }

  it('has every product exactly once, every event at least once and no object nobody refers to', async () => {
    let done = false;
    let kills = 0;
    const killer = (async () => {
      for (let round = 0; !done; round++) {
        await wait(1500 + ((round * 7919) % 1500));
        if (done) break;
        const victim = (round % 3 === 2 ? doors[Math.floor(round / 3) % doors.length] : undefined) ?? acquisition;
        await victim.kill();
        if (round === 3) await backends.nats.kill().then(() => backends.nats.restart({ wiped: true }));
        await victim.restart();
        kills += 1;
      }
    })();
    const queue = Array.from({ length: COUNT }, (_, index) => index);
    const uploads = Array.from({ length: UPLOADS }, async () => {
      for (let index = queue.shift(); index !== undefined; index = queue.shift()) await deliver(index);
    });
    await Promise.all(uploads).finally(() => (done = true));
    await killer;
    expect(kills).toBeGreaterThan(3);

    const expected = Array.from({ length: COUNT }, (_, index) => idOf(index));
    const { ids, keys } = await catalogued();
    expect(ids).toEqual(expected);

    const store = new S3ObjectStore(backends.s3);
    const objects = await Array.fromAsync(store.list('products/'));
    expect(objects.map(({ key }) => key).toSorted()).toEqual([...keys].toSorted());

    const found = await fetch(`${stac.url}/stac/search?collections=sentinel-1-grd&limit=1000`);
    expect(((await found.json()) as { features: unknown[] }).features).toHaveLength(COUNT);

    for (let poll = 0; poll < 300 && published.size < COUNT; poll++) await wait(200);
    expect([...published.keys()].toSorted()).toEqual(expected);
  }, 420_000);
});
