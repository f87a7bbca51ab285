import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { postgresDatabases, type TestDatabase } from '#test/support/database.js';
import { startServiceProcess, type ServiceProcess } from '#test/support/service-process.js';

const COUNT = 3000;
const BATCH = 250;
const TOKEN = 'a-token-for-the-bulk';
const COLLECTION = 'sentinel-2-l2a';
const WAIT = 240_000;

interface Report {
  readonly created: readonly string[];
  readonly modified: readonly string[];
  readonly unchanged: readonly string[];
  readonly errors: readonly object[];
}

const IDS = Array.from({ length: COUNT }, (_, index) => `BULK_${String(index).padStart(5, '0')}`);

const itemOf = (id: string, index: number, cloud: number) => ({
  type: 'Feature',
  stac_version: '1.1.0',
  id,
  collection: COLLECTION,
  geometry: { type: 'Point', coordinates: [6 + (index % 90) / 10, 50] },
  bbox: [6 + (index % 90) / 10, 50, 6 + (index % 90) / 10, 50],
  properties: {
    datetime: new Date(Date.UTC(2026, 0, 1) + index * 3_600_000).toISOString(),
    platform: 'sentinel-2a',
    'eo:cloud_cover': cloud,
  },
  links: [],
  assets: { data: { href: `https://data.example.org/${id}.tif`, roles: ['data'] } },
});

/** A bulk as a client sends it, and how far it has come in the catalogue. */
interface Load {
  readonly path: string;
  readonly body: object;
  /** Select list and condition of the rows that are as the bulk wants them. */
  readonly taken: string;
}

const INSERT: Load = {
  path: 'items',
  body: { type: 'FeatureCollection', features: IDS.map((id, index) => itemOf(id, index, 10)) },
  taken: 'true',
};
const UPSERT: Load = {
  path: 'bulk_items',
  body: { method: 'upsert', items: Object.fromEntries(IDS.map((id, index) => [id, itemOf(id, index, 90)])) },
  taken: 'cloud_cover = 90',
};

describe('the STAC API killed while it takes a bulk of 3000 items', () => {
  const kind = postgresDatabases();
  let database: TestDatabase;
  let stac: ServiceProcess;

  beforeAll(async () => {
    database = await kind.open();
    stac = await startServiceProcess('stac', {
      DATABASE_URL: database.config.DATABASE_URL ?? '',
      FROMBORK_OPERATOR_TOKEN: TOKEN,
    });
  }, 180_000);

  afterAll(async () => {
    await stac?.stop();
    await database?.close();
    await kind.stop();
  }, 60_000);

  const send = ({ path, body }: Load) =>
    fetch(`${stac.url}/stac/collections/${COLLECTION}/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  const count = async (from: string): Promise<number> => {
    const [row] = await database.sql.query<{ n: number }>(`select count(*)::int as n from ${from}`, []);
    return row?.n ?? 0;
  };
  const takenOf = ({ taken }: Load) => count(`catalogue.product where ${taken}`);

  /** Sends it and kills the service once more has come in than before; how much that was. */
  async function cutOff(load: Load): Promise<number> {
    const before = await takenOf(load);
    const answer = send(load).then(
      ({ status }) => status,
      () => 'cut off',
    );
    for (let poll = 0; poll < 20_000 && (await takenOf(load)) === before; poll++) await wait(5);
    await stac.kill();
    expect(await answer).toBe('cut off');
    await untilNothingIsHeld();
    await stac.restart();
    return takenOf(load);
  }

  /** The server ends the connection of a dead client with the statement it is at. */
  async function untilNothingIsHeld(): Promise<void> {
    const others = `pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
      and (xact_start is not null or wait_event_type = 'Lock')`;
    for (let poll = 0; poll < 600 && (await count(others)) > 0; poll++) await wait(50);
    expect(await count(others)).toBe(0);
    expect(await count(`pg_locks where locktype = 'advisory' or not granted`)).toBe(0);
  }

  async function expectEveryItemOnce(): Promise<void> {
    const rows = await database.sql.query<{ id: string }>('select id from catalogue.product order by id', []);
    expect(rows.map(({ id }) => id)).toEqual(IDS);
    expect(await count('catalogue.product_key')).toBe(COUNT);
    const tallies = await database.sql.query<{ every: boolean; products: number }>(
      `select day = '-infinity' as every, sum(products)::int as products from catalogue.tally group by 1 order by 1`,
      [],
    );
    expect(tallies).toEqual([false, true].map((every) => ({ every, products: COUNT })));
    const page = await fetch(`${stac.url}/stac/collections/${COLLECTION}/items?limit=1`);
    expect(await page.json()).toMatchObject({ numberMatched: COUNT });
  }

  it.each([
    ['a FeatureCollection', INSERT, 'created', 3],
    ['bulk_items that change every item', UPSERT, 'modified', 2],
  ] as const)(
    'takes %s in whole batches, in order, and the rest when it is sent again',
    async (_name, load, outcome, kills) => {
      let taken = 0;
      for (let kill = 0; kill < kills; kill++) {
        const now = await cutOff(load);
        expect(now).toBeGreaterThan(taken);
        expect(now).toBeLessThan(COUNT);
        expect(now % BATCH).toBe(0);
        taken = now;
      }
      const inOrder = `catalogue.product where ${load.taken} and id < '${IDS[taken]}'`;
      expect(await count(inOrder)).toBe(taken);

      const answer = await send(load);
      const report = (await answer.json()) as Report;
      expect(report.errors).toEqual([]);
      expect(report.unchanged).toEqual(IDS.slice(0, taken));
      expect(report[outcome]).toEqual(IDS.slice(taken));
      expect(answer.status).toBe(outcome === 'created' ? 201 : 200);
      await untilNothingIsHeld();
      await expectEveryItemOnce();
      const again = (await (await send(load)).json()) as Report;
      expect(again.unchanged).toEqual(IDS);
    },
    WAIT,
  );
});
