import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { SENTINEL_2 } from '#test/support/sample-products.js';
import { StacModule } from '../stac.module.js';

const COLLECTION = '/collections/field-campaign';
const ITEMS = `${COLLECTION}/items`;
const TOKEN = { Authorization: 'Bearer operator-token-of-this-test' };
const MERGE = 'application/merge-patch+json';

const collection = {
  type: 'Collection',
  stac_version: '1.1.0',
  id: 'field-campaign',
  title: 'Field campaign',
  description: 'Flown by ourselves.',
  license: 'CC-BY-4.0',
  extent: { spatial: { bbox: [[10, 47, 12, 49]] }, temporal: { interval: [['2024-05-01T00:00:00.000Z', null]] } },
  links: [],
  'my:campaign': 'spring',
};

const item = (id: string, cloud: unknown = 10) => ({
  type: 'Feature',
  stac_version: '1.1.0',
  id,
  collection: 'field-campaign',
  geometry: { type: 'Point', coordinates: [11, 48] },
  bbox: [11, 48, 11, 48],
  properties: { datetime: '2024-05-10T10:10:10Z', 'eo:cloud_cover': cloud, 'my:pilot': 'Anna' },
  links: [],
  assets: { data: { href: 'https://data.example.org/data.tif', roles: ['data'] } },
});

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: {
    readonly id?: string;
    readonly title?: string;
    readonly detail?: string;
    readonly properties?: Record<string, unknown>;
    readonly created?: readonly string[];
    readonly modified?: readonly string[];
    readonly unchanged?: readonly string[];
    readonly errors?: readonly { readonly pointer: string; readonly id?: string }[];
    readonly conformsTo?: readonly string[];
  };
}

describe('STAC transactions over a real catalogue', () => {
  let service: CatalogueService;

  beforeAll(async () => {
    service = await startCatalogueService([StacModule], [SENTINEL_2]);
    expect((await send('POST', '/collections', collection)).status).toBe(201);
  }, 240_000);

  afterAll(() => service.stop(), 60_000);

  async function send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const type: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(`${service.url}/stac${path}`, {
      method,
      headers: { ...TOKEN, ...type, ...headers },
      ...(body === undefined ? {} : { body: text }),
    });
    const said = await answer.text();
    if (/^(POST|PUT|PATCH|DELETE)$/.test(method)) answered.add(`${method.toLowerCase()} ${answer.status} ${path}`);
    return {
      status: answer.status,
      headers: answer.headers,
      json: (said === '' ? {} : JSON.parse(said)) as Answer['json'],
    };
  }

  const answered = new Set<string>();

  const tagOf = async (path: string): Promise<string> => (await send('GET', path)).headers.get('etag') ?? '';

  it('adds, replaces, patches and removes an item', async () => {
    const path = `${ITEMS}/one`;
    const added = await send('POST', ITEMS, item('one'), { 'Content-Type': 'application/geo+json' });
    expect([added.status, added.json.id]).toEqual([201, 'one']);
    expect(added.headers.get('location')).toMatch(/\/stac\/collections\/field-campaign\/items\/one$/);
    expect((await send('POST', ITEMS, item('one', 5))).status).toBe(409);
    expect((await send('PUT', path, item('one', 20))).json.properties?.['eo:cloud_cover']).toBe(20);
    const merged = await send('PATCH', path, { properties: { 'my:pilot': null } }, { 'Content-Type': MERGE });
    expect(merged.json.properties).not.toHaveProperty('my:pilot');
    const replace = [{ op: 'replace', path: '/properties/eo:cloud_cover', value: 30 }];
    const patched = await send('PATCH', path, replace, { 'Content-Type': 'application/json-patch+json' });
    expect([patched.status, patched.json.properties?.['eo:cloud_cover']]).toEqual([200, 30]);
    expect((await send('GET', path)).json.properties?.['eo:cloud_cover']).toBe(30);
    expect((await send('DELETE', path)).status).toBe(204);
    for (const method of ['GET', 'DELETE']) expect((await send(method, path)).status).toBe(404);
    expect((await send('PUT', path, item('one'))).status).toBe(404);
    expect((await send('POST', '/collections/none/items', item('one'))).status).toBe(404);
  });

  it('leaves out what was changed for who prefers so, but not its tag', async () => {
    const path = `${ITEMS}/minimal`;
    const minimal = { Prefer: 'return=minimal' };
    expect((await send('POST', ITEMS, item('minimal'), minimal)).json.id).toBe('minimal');
    for (const [method, to, body] of [
      ['PUT', path, item('minimal', 55)],
      ['PATCH', path, { properties: { 'my:pilot': 'Eva' } }],
      ['PATCH', COLLECTION, { 'my:campaign': 'summer' }],
    ] as const) {
      const { status, headers, json } = await send(method, to, body, minimal);
      expect([status, headers.get('preference-applied'), json]).toEqual([204, 'return=minimal', {}]);
      expect(headers.get('content-type')).toBeNull();
      expect((await send('PATCH', to, {}, { 'If-Match': headers.get('etag') ?? '' })).status).toBe(200);
    }
    expect((await send('GET', path)).json.properties).toMatchObject({ 'eo:cloud_cover': 55, 'my:pilot': 'Eva' });
  });

  it('changes and removes only what is as its tag says', async () => {
    const path = `${ITEMS}/tagged`;
    await send('POST', ITEMS, item('tagged'));
    const first = await tagOf(path);
    expect(first).toMatch(/^"[^"]+"$/);
    expect((await send('PUT', path, item('tagged', 11), { 'If-None-Match': '*' })).status).toBe(412);
    const second = await send('PUT', path, item('tagged', 11), { 'If-Match': first });
    expect(second.status).toBe(200);
    for (const [method, body] of [
      ['PUT', item('tagged', 12)],
      ['PATCH', {}],
      ['DELETE', undefined],
    ] as const)
      expect([method, (await send(method, path, body, { 'If-Match': first })).status]).toEqual([method, 412]);
    expect((await send('DELETE', path, undefined, { 'If-Match': second.headers.get('etag') ?? '' })).status).toBe(204);
  });

  it('lets exactly one of several who saw the same item change it, and tells the others', async () => {
    for (let round = 0; round < 8; round++) {
      const path = `${ITEMS}/raced-${round}`;
      await send('POST', ITEMS, item(`raced-${round}`));
      const tag = await tagOf(path);
      const clouds = [1, 2, 3];
      const ends = await Promise.all(
        clouds.map((cloud) => send('PATCH', path, { properties: { 'eo:cloud_cover': cloud } }, { 'If-Match': tag })),
      );
      expect(ends.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412, 412]);
      const winner = clouds[ends.findIndex(({ status }) => status === 200)];
      expect((await send('GET', path)).json.properties?.['eo:cloud_cover']).toBe(winner);
    }
  }, 60_000);

  it('keeps the changes of all who name no tag', async () => {
    await send('POST', ITEMS, item('shared'));
    const ends = await Promise.all(
      ['a', 'b'].map((name) => send('PATCH', `${ITEMS}/shared`, { properties: { [`my:${name}`]: 1 } })),
    );
    expect(ends.map(({ status }) => status)).toEqual([200, 200]);
    expect((await send('GET', `${ITEMS}/shared`)).json.properties).toMatchObject({ 'my:a': 1, 'my:b': 1 });
  });

  it('leaves the bytes of a held product alone', async () => {
    const path = `/collections/${SENTINEL_2.collection}/items/${SENTINEL_2.id}`;
    const catalog = service.port(ProductCatalog);
    expect((await send('DELETE', path)).status).toBe(409);
    expect((await send('PATCH', path, { assets: { quicklook: null } })).status).toBe(409);
    expect((await send('PATCH', path, { properties: { 'eo:cloud_cover': 1 } })).status).toBe(200);
    const kept = await catalog.find(SENTINEL_2);
    expect(kept?.properties['cloudCover']).toBe(1);
    expect(kept?.content).toEqual(SENTINEL_2.content);
    expect(kept?.assets).toEqual(SENTINEL_2.assets);
    expect(kept?.online).toBe(SENTINEL_2.online);
  });

  it('takes the good items of a bulk and names the bad ones; sent again, nothing changes', async () => {
    const items = {
      'bulk-1': item('bulk-1'),
      'bulk/2': item('bulk-2'),
      'bulk-3': item('bulk-3', 'much'),
      'bulk-4': item('bulk-4'),
    };
    const first = await send('POST', `${COLLECTION}/bulk_items`, { items, method: 'upsert' });
    expect([first.status, first.json.created]).toEqual([207, ['bulk-1', 'bulk-4']]);
    expect(first.json.errors?.map(({ pointer, id }) => [pointer, id])).toEqual([
      ['/items/bulk~12/id', 'bulk/2'],
      ['/items/bulk-3/properties/eo:cloud_cover', 'bulk-3'],
    ]);
    expect((await send('GET', `${ITEMS}/bulk-4`)).status).toBe(200);
    const again = { 'bulk-1': item('bulk-1', 99), 'bulk-4': item('bulk-4') };
    const second = await send('POST', `${COLLECTION}/bulk_items`, { items: again, method: 'upsert' });
    expect(second.json).toEqual({ created: [], modified: ['bulk-1'], unchanged: ['bulk-4'], errors: [] });
    const inserted = await send('POST', `${COLLECTION}/bulk_items`, { items: { 'bulk-1': item('bulk-1') } });
    expect([inserted.status, inserted.json.errors?.[0]?.pointer]).toEqual([400, '/items/bulk-1/id']);
  });

  it('takes a FeatureCollection of more than one batch, and goes on with it', async () => {
    const features = Array.from({ length: 600 }, (_, at) => item(`many-${at}`));
    const part = await send('POST', ITEMS, { type: 'FeatureCollection', features: features.slice(0, 300) });
    expect([part.status, part.json.created?.length]).toEqual([201, 300]);
    const all = [...features, item('many-0', 77), { ...item('many-x'), geometry: 5 }];
    const whole = await send('POST', ITEMS, { type: 'FeatureCollection', features: all });
    expect([whole.status, whole.json.created?.length, whole.json.unchanged?.length]).toEqual([207, 300, 300]);
    expect(whole.json.errors?.map(({ pointer }) => pointer)).toEqual(['/features/600/id', '/features/601/geometry']);
  }, 120_000);

  it('names everything that is wrong by the schemas of STAC and the extensions an item names', async () => {
    const wrong = {
      ...item('wrong', 101),
      stac_extensions: ['https://stac-extensions.github.io/eo/v2.0.0/schema.json', 'https://example.org/unknown.json'],
      bbox: [1],
    };
    const { status, json } = await send('POST', ITEMS, wrong);
    expect([status, json.detail]).toEqual([400, expect.stringContaining('/properties/eo:cloud_cover must be')]);
    expect(json.errors).toEqual([
      { pointer: '#/bbox', detail: 'must be a list of 4 or 6 numbers' },
      { pointer: '#/properties/eo:cloud_cover', detail: 'must be a number from 0 to 100' },
    ]);
    const summaries = await send('POST', '/collections', { ...collection, id: 'wrong', summaries: { gsd: [] } });
    expect([summaries.status, summaries.json.errors]).toMatchObject([400, [{ pointer: '#/summaries/gsd' }]]);
  });

  it('adds, changes and removes collections, none that has items or comes with the mirror', async () => {
    const own = { ...collection, id: 'short-lived' };
    const path = '/collections/short-lived';
    const added = await send('POST', '/collections', own);
    expect([added.status, added.headers.get('location')?.endsWith(path)]).toEqual([201, true]);
    expect((await send('POST', '/collections', own)).status).toBe(409);
    const tag = await tagOf(path);
    const changed = await send('PATCH', path, { title: 'Other', 'my:campaign': null }, { 'If-Match': tag });
    expect(changed.json).toMatchObject({ title: 'Other', description: own.description, extent: own.extent });
    expect(changed.json).not.toHaveProperty('my:campaign');
    expect((await send('PUT', path, own, { 'If-Match': tag })).status).toBe(412);
    expect((await send('PUT', path, own)).json).toMatchObject({ title: own.title, 'my:campaign': 'spring' });
    expect((await send('PUT', path, { ...own, id: 'other' })).status).toBe(400);
    expect((await send('DELETE', path)).status).toBe(204);
    expect((await send('DELETE', path)).status).toBe(404);
    expect((await send('POST', ITEMS, item('stays'))).status).toBe(201);
    expect((await send('DELETE', COLLECTION)).status).toBe(409);
    expect((await send('PATCH', '/collections/sentinel-2-l1c', { title: 'x' })).status).toBe(409);
  });

  it.each([
    ['POST', '/collections'],
    ['PUT', COLLECTION],
    ['PATCH', COLLECTION],
    ['DELETE', COLLECTION],
    ['POST', ITEMS],
    ['POST', `${COLLECTION}/bulk_items`],
    ['PUT', `${ITEMS}/x`],
    ['PATCH', `${ITEMS}/x`],
    ['DELETE', `${ITEMS}/x`],
  ])('asks for the token: %s %s', async (method, path) => {
    const body = method === 'DELETE' ? undefined : {};
    const answer = await send(method, path, body, { Authorization: 'Bearer another-token-altogether' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([401, 'application/problem+json']);
  });

  const nested = `{"properties":${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}}`;
  it.each([
    ['no JSON', '{"type":', 400],
    ['nothing', 'null', 400],
    ['a list', '[]', 400],
    ['deep nesting', nested, 400],
    ['another collection', JSON.stringify({ ...item('x'), collection: 'sentinel-2-l1c' }), 400],
    ['a relative asset', JSON.stringify({ ...item('x'), assets: { a: { href: './a.tif' } } }), 400],
    ['NUL in the id', JSON.stringify(item('a\u0000b')), 400],
    ['a prototype', JSON.stringify(item('x')).replace('{', '{"__proto__":{"a":1},'), 400],
    ['no features', '{"type":"FeatureCollection"}', 400],
    ['too much', JSON.stringify(item('x', 'x'.repeat(11 * 1024 * 1024))), 413],
  ])('refuses %s', async (_name, body, status) => {
    const answer = await send('POST', ITEMS, body);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    expect((await send('PATCH', `${ITEMS}/nobody`, body, { 'Content-Type': MERGE })).status).toBeGreaterThanOrEqual(
      400,
    );
  });

  it('claims what it does, and lets pages of other sites do it', async () => {
    const { json } = await send('GET', '/conformance');
    expect(json.conformsTo).toContain('https://api.stacspec.org/v1.0.0/ogcapi-features/extensions/transaction');
    const allowed = async (path: string) => (await send('OPTIONS', path)).headers.get('access-control-allow-methods');
    expect(await allowed(`${ITEMS}/x`)).toBe('GET, HEAD, PUT, PATCH, DELETE, OPTIONS');
    expect(await allowed(`${COLLECTION}/bulk_items`)).toBe('POST, OPTIONS');
    expect(await allowed('/search')).toBe('GET, HEAD, POST, OPTIONS');
  });

  it('has answered nothing that its description does not tell', async () => {
    const description = (await (await fetch(`${service.url}/stac/api`)).json()) as {
      paths: Record<string, Record<string, { responses: Record<string, unknown> } | undefined>>;
    };
    const templates = Object.keys(description.paths).map(
      (path) => [path, new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)] as const,
    );
    const untold = [...answered].filter((each) => {
      const [method = '', status = '', path = ''] = each.split(' ');
      const [template = ''] = templates.find(([, pattern]) => pattern.test(path)) ?? [];
      return description.paths[template]?.[method]?.responses[status] === undefined;
    });
    expect(answered.size).toBeGreaterThan(20);
    expect(untold).toEqual([]);
  });
});
