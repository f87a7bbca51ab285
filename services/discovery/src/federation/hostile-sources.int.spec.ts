import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { NO_COUNTS, type Harvest, type HarvestKind } from '#domain/harvest/harvest.js';
import { HarvestStore } from '#domain/ports/harvest-store.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { DiscoveryModule } from '../discovery.module.js';

jest.setTimeout(120_000);

const TOKEN = { authorization: 'Bearer operator-token-of-this-test', 'content-type': 'application/json' };

const itemOf = (n: number) => ({
  type: 'Feature',
  stac_version: '1.0.0',
  id: `S2A_MSIL1C_20220125T15${10 + n}01_N0400_R125_T18LTM_20220125T190036`,
  geometry: null,
  properties: { datetime: `2022-01-25T15:${10 + n}:01Z` },
  assets: {},
  links: [],
});
const pageOf = (numbers: readonly number[], next?: string) => ({
  type: 'FeatureCollection',
  features: numbers.map(itemOf),
  links: next === undefined ? [] : [{ rel: 'next', href: next }],
});

describe('harvesting from hostile or broken sources', () => {
  let mirror: CatalogueService;
  let upstream: Server;
  let canary: Server;
  let base: string;
  let inside: string;
  let answer: RequestListener;
  let asked: string[];
  let canaryAsked = 0;

  const listen = async (host: string, listener: RequestListener): Promise<[Server, string]> => {
    const server = createServer(listener).listen(0, host);
    await once(server, 'listening');
    return [server, `http://${host}:${(server.address() as AddressInfo).port}`];
  };

  beforeAll(async () => {
    [upstream, base] = await listen('127.0.0.2', (request, response) => {
      asked.push(request.url ?? '');
      // Whether a source may be asked is looked at by HEAD.
      if (request.method === 'HEAD') response.end();
      else answer(request, response);
    });
    [canary, inside] = await listen('127.0.0.1', (_, response) => {
      canaryAsked += 1;
      response.end('{}');
    });
    mirror = await startCatalogueService([DiscoveryModule], [], {
      allow: '127.0.0.2/32',
      environment: { FEDERATION_LEASE_SECONDS: '1', FEDERATION_TIMEOUT_MS: '3000' },
    });
  });
  beforeEach(() => {
    asked = [];
    canaryAsked = 0;
  });
  afterAll(async () => {
    await mirror?.stop();
    for (const server of [upstream, canary]) {
      server?.closeAllConnections();
      server?.close();
    }
  });

  const post = (body: unknown) =>
    fetch(`${mirror.url}/csw/harvests`, { method: 'POST', headers: TOKEN, body: JSON.stringify(body) });

  /** Until the first attempt has come to something. */
  const attempt = async (id: string): Promise<Harvest> => {
    for (let round = 0; round < 400; round++) {
      const harvest = (await (await fetch(`${mirror.url}/csw/harvests/${id}`, { headers: TOKEN })).json()) as Harvest;
      if (harvest.state !== 'running' && (harvest.state !== 'waiting' || harvest.error !== undefined)) return harvest;
      await sleep(25);
    }
    throw new Error('the harvest came to nothing within 10 s');
  };

  const harvest = async (kind: HarvestKind, path = '/'): Promise<Harvest> => {
    const ordered = await post({ kind, source: `${base}${path}` });
    expect(ordered.status).toBe(202);
    return attempt(((await ordered.json()) as Harvest).id);
  };

  const send =
    (body: string | Buffer, type = 'application/xml', headers: Record<string, string> = {}): RequestListener =>
    (_, response) =>
      response.writeHead(200, { 'content-type': type, ...headers }).end(body);
  const json = (value: unknown): RequestListener => send(JSON.stringify(value), 'application/json');

  const BOMB = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>`;
  const DEEP = `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`;

  it.each<[string, HarvestKind, RequestListener, RegExp]>([
    ['an entity bomb', 'csw', send(BOMB), /no XML.*DOCTYPE/i],
    ['an entity bomb', 'opensearch', send(BOMB, 'application/atom+xml'), /no XML.*DOCTYPE/i],
    ['XML without bottom', 'csw', send(DEEP), /no XML/],
    [
      'a page for people',
      'csw',
      send('<html><body>Welcome</body></html>', 'text/html'),
      /no GetRecords response but html/,
    ],
    ['a page for people', 'opensearch', send('<html><body>Hi</body></html>', 'text/html'), /no Atom feed but html/],
    ['a page for people', 'stac', send('<html>', 'text/html'), /no JSON/],
    ['a page for people', 'odata', send('<html>', 'text/html'), /no JSON/],
    ['nothing', 'csw', send(''), /no XML/],
    ['half a document', 'odata', send('{"value": [', 'application/json'), /no JSON/],
    ['JSON of another kind', 'odata', json([1, 2]), /no list "value"/],
    ['JSON of another kind', 'stac', json({ type: 'Topology' }), /no STAC document/],
    ['100 MB', 'stac', send(Buffer.alloc(100_000_000, 32), 'application/json'), /larger than/],
    [
      '100 MB in 100 KB',
      'csw',
      send(gzipSync(Buffer.alloc(100_000_000, 32)), 'application/xml', { 'content-encoding': 'gzip' }),
      /larger than/,
    ],
    ['a refusal', 'stac', (_, response) => response.writeHead(404).end(), /status 404/],
    ['no product in order', 'odata', json({ value: [{ Id: 'x', Name: 'y' }] }), /when its products were changed/],
    [
      'a redirect inwards',
      'stac',
      (_, response) => response.writeHead(302, { location: inside }).end(),
      /may not be asked/,
    ],
    [
      'a next page inwards',
      'stac',
      (_, response) => json(pageOf([], `${inside}/next`))(_, response),
      /may not be asked/,
    ],
    [
      'a next page of another scheme',
      'stac',
      (_, r) => json(pageOf([], 'file:///etc/passwd'))(_, r),
      /only http and https/,
    ],
  ])('%s (%s): fails with a reason, and writes nothing', async (_, kind, listener, reason) => {
    answer = listener;
    const ended = await harvest(kind);
    expect(ended).toMatchObject({ state: 'failed', counts: { created: 0 } });
    expect(ended.error).toMatch(reason);
    expect(canaryAsked).toBe(0);
  });

  it.each<[string, RequestListener]>([
    ['a page that is its own next', (request, r) => json(pageOf([1], `${base}${request.url}`))(request, r)],
    [
      'the same page under ever new addresses',
      (request, r) => json(pageOf([1], `${base}/${randomUUID()}`))(request, r),
    ],
    [
      'pages that lead in a circle',
      ({ url }, r) =>
        json(pageOf([Number(url?.slice(-1)) || 0], `${base}/${((Number(url?.slice(-1)) || 0) + 1) % 3}`))(
          {} as never,
          r,
        ),
    ],
    [
      'catalogs below each other',
      (_, r) => json({ type: 'Catalog', links: [{ rel: 'child', href: `${base}/` }] })(_, r),
    ],
  ])('%s: is noticed', async (_, listener) => {
    answer = listener;
    const ended = await harvest('stac', '/0');
    expect(ended.state).toBe('failed');
    expect(ended.error).toMatch(/again and again|has been read/);
    expect(asked.length).toBeLessThan(10);
  });

  it.each<[string, RequestListener, RegExp]>([
    ['never answers', () => undefined, /did not answer within 3000 ms/],
    [
      'breaks off',
      (_, response) => response.writeHead(200, { 'content-length': '9' }).write('x', () => response.destroy()),
      /does not answer/,
    ],
    ['has a bad day', (_, response) => response.writeHead(500).end(), /status 500/],
    ['asks for an hour of patience', (_, r) => r.writeHead(503, { 'retry-after': '3600' }).end(), /status 503/],
  ])('a source that %s: is tried again later', async (_, listener, reason) => {
    answer = listener;
    const ended = await harvest('csw');
    expect(ended).toMatchObject({ state: 'waiting', failures: 1 });
    expect(ended.error).toMatch(reason);
    expect(new Date(ended.due).getTime()).toBeGreaterThan(Date.now());
    await fetch(`${mirror.url}/csw/harvests/${ended.id}`, { method: 'DELETE', headers: { authorization: TOKEN.authorization } });
    expect(await attempt(ended.id)).toMatchObject({ state: 'cancelled' });
  });

  it('waits as long as the source asks for, then goes on', async () => {
    let busy = 2;
    answer = (request, response) => {
      if (busy-- > 0) response.writeHead(429, { 'retry-after': '0' }).end();
      else json(pageOf([20]))(request, response);
    };
    expect(await harvest('stac')).toMatchObject({ state: 'succeeded', counts: { created: 1 } });
  });

  it('leaves out the records that are none, and takes the others of the page', async () => {
    const bad = { ...itemOf(1), properties: { datetime: 'yesterday' } };
    answer = json({ ...pageOf([21]), features: [itemOf(21), bad, 7, null, { ...itemOf(2), id: 'a\0b' }] });
    expect(await harvest('stac')).toMatchObject({ state: 'succeeded', counts: { read: 5, created: 1, failed: 4 } });
  });

  it('goes on after the last page that was noted when the process that read it was killed', async () => {
    const store = mirror.port(HarvestStore);
    answer = (request, response) => {
      const page = Number(/page=(\d)/.exec(request.url ?? '')?.[1] ?? 0);
      json(pageOf([30 + page], page < 3 ? `${base}/?page=${page + 1}` : undefined))(request, response);
    };
    const killed = { holder: 'killed', leaseMs: 1_500 };
    const ordered = await store.create({ id: randomUUID(), kind: 'stac', source: `${base}/`, filter: {} });
    expect(await store.claim(killed)).toMatchObject({ id: ordered.id });
    const position = JSON.stringify([{ href: `${base}/?page=2` }]);
    await store.advance(ordered.id, killed, { position, counts: { ...NO_COUNTS, read: 2, created: 2 } });
    const ended = await attempt(ordered.id);
    expect(ended).toMatchObject({ state: 'succeeded', counts: { read: 4, created: 4 } });
    expect(asked).toEqual(['/?page=2', '/?page=3']);
    expect(await mirror.port(ProductCatalog).findById(itemOf(32).id)).toBeDefined();
  });

  it.each([
    ['http://127.0.0.1/', 403],
    ['http://2130706433/', 403],
    ['http://0x7f.1/', 403],
    ['http://localhost/', 403],
    ['http://[::1]/', 403],
    ['http://[::ffff:127.0.0.1]/', 403],
    ['http://169.254.169.254/latest/meta-data/', 403],
    ['http://10.0.0.1/', 403],
    ['http://100.64.0.1/', 403],
    ['http://user:pass@127.0.0.2/', 400],
    ['http://127.0.0.1#@127.0.0.2/', 403],
    ['file:///etc/passwd', 400],
    ['gopher://127.0.0.1/', 400],
    ['dict://127.0.0.1/', 400],
    ['not an address', 400],
  ])('does not even begin to ask %s', async (source, status) => {
    const refused = await post({ kind: 'csw', source });
    expect(refused.status).toBe(status);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    const handler = await post({ kind: 'csw', source: base, responseHandler: source });
    expect(handler.status).toBe(status);
    expect(canaryAsked).toBe(0);
  });

  it('is for operators', async () => {
    for (const [method, path] of [
      ['POST', ''],
      ['GET', ''],
      ['GET', `/${randomUUID()}`],
      ['DELETE', `/${randomUUID()}`],
    ]) {
      const refused = await fetch(`${mirror.url}/csw/harvests${path}`, method === undefined ? {} : { method });
      expect(refused.status).toBe(401);
    }
    const missing = await fetch(`${mirror.url}/csw/harvests/${randomUUID()}`, { headers: TOKEN });
    expect(missing.status).toBe(404);
    expect((await post({ kind: 'ftp', source: base })).status).toBe(400);
    expect((await post({ kind: 'csw', source: base, interval: 1 })).status).toBe(400);
  });
});
