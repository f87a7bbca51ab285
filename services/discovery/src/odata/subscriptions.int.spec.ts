import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ProductStore } from '#domain/ports/product-store.js';
import { SubscriptionStore } from '#domain/ports/subscription-store.js';
import type { Product } from '#domain/product/product.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { manyProducts, SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { DiscoveryModule } from '../discovery.module.js';

const TOKEN = { authorization: 'Bearer operator-token-of-this-test' };
const S2_ONLY = "Collection/Name eq 'SENTINEL-2'";

interface Message {
  readonly SubscriptionEvent: string;
  readonly ProductId: string;
  readonly ProductName: string;
  readonly AckId?: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** A subscriber's endpoint that fails as often as it is told. */
class Endpoint {
  readonly got: Message[] = [];
  readonly authorizations: (string | undefined)[] = [];
  failing = 0;
  private readonly server: Server = createServer((request, response) => {
    void this.take(request).then((status) => response.writeHead(status).end());
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/notify`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async take(request: IncomingMessage): Promise<number> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (request.method !== 'POST') return 204;
    if (this.failing-- > 0) return 503;
    this.authorizations.push(request.headers.authorization);
    this.got.push(JSON.parse(Buffer.concat(chunks).toString()) as Message);
    return 200;
  }
}

/** Messages come when the catalogue's transactions have ended, on a busy machine later than a test is given by default. */
jest.setTimeout(60_000);

describe('Subscriptions over a real catalogue', () => {
  let service: CatalogueService;
  let root: string;
  const endpoint = new Endpoint();
  let address: string;
  let made = 0;

  beforeAll(async () => {
    service = await startCatalogueService([DiscoveryModule], manyProducts(3), { allow: '127.0.0.1' });
    root = `${service.url}/odata/v1/Subscriptions`;
    address = await endpoint.start();
  }, 120_000);

  afterAll(async () => {
    endpoint.stop();
    await service.stop();
  });

  const ask = (path: string, method = 'GET', body?: unknown): Promise<Response> =>
    fetch(`${root}${path}`, {
      method,
      headers: { ...TOKEN, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const subscribe = async (body: unknown): Promise<Record<string, string>> => {
    const answer = await ask('', 'POST', body);
    const created = (await answer.json()) as Record<string, string>;
    expect([answer.status, created]).toEqual([201, expect.objectContaining({ Id: expect.any(String) })]);
    return created;
  };
  const read = async (id: string, top = 20): Promise<readonly Message[]> => {
    const answer = await ask(`(${id})/Read?$top=${top}`);
    expect(answer.status).toBe(200);
    return (await answer.json()) as readonly Message[];
  };
  /** A change is told once every transaction that began before it has ended; that may take a moment. */
  const readAll = async (id: string, least: number): Promise<readonly Message[]> => {
    for (let tries = 0; tries < 200; tries++) {
      const messages = await read(id);
      if (messages.length >= least) return messages;
      await sleep(50);
    }
    return read(id);
  };
  const acknowledge = async (id: string, message: Message | undefined): Promise<Record<string, unknown>> =>
    (await (await ask(`(${id})/Ack?$ackid=${message?.AckId}`, 'POST')).json()) as Record<string, unknown>;
  const publish = async (base: Product = SENTINEL_2): Promise<Product> => {
    const number = String(made++).padStart(3, '0');
    const id = `${base.id}_${number}`;
    const scene = { id, version: '1' };
    const product = { ...base, id, scene, uuid: `22222222-0000-5000-8000-000000000${number}` };
    await service.publish([product]);
    return product;
  };
  const change = (product: Product): Promise<void> =>
    service.publish([{ ...product, properties: { ...product.properties, cloudCover: made++ } }]);
  const told = (messages: readonly Message[]): readonly string[] =>
    messages.map(({ SubscriptionEvent, ProductId }) => `${SubscriptionEvent} ${ProductId}`);
  const until = async (isDone: () => boolean): Promise<void> => {
    for (let tries = 0; tries < 300 && !isDone(); tries++) await sleep(50);
  };

  it('is for operators', async () => {
    const answer = await fetch(root, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
    expect([answer.status, await answer.json()]).toEqual([401, expect.objectContaining({ detail: expect.anything() })]);
  });

  it('gives messages until they are acknowledged, cumulatively', async () => {
    const created = await subscribe({
      StageOrder: true,
      FilterParam: S2_ONLY,
      Priority: 1,
      Status: 'running',
      SubscriptionEvent: ['created'],
    });
    expect(created).toEqual({
      '@odata.context': '$metadata#OData.CSC.Subscription',
      Id: created['Id'],
      FilterParam: S2_ONLY,
      StageOrder: true,
      Priority: 1,
      Status: 'running',
      SubscriptionEvent: ['created'],
      SubmissionDate: expect.stringMatching(/Z$/),
    });
    const id = created['Id']!;
    expect(await read(id)).toEqual([]);
    await publish(SENTINEL_1);
    const [first, second, third] = [await publish(), await publish(), await publish()];

    expect(await readAll(id, 3)).toHaveLength(3);
    expect(await read(id, 1)).toHaveLength(1);
    const messages = await read(id, 2);
    expect(told(messages)).toEqual([`created ${first.uuid}`, `created ${second.uuid}`]);
    expect(messages[0]).toMatchObject({
      '@odata.context': '$metadata#Notification/$entity',
      ProductName: `${first.id}.SAFE`,
      SubscriptionId: id,
      value: {
        Id: first.uuid,
        Online: true,
        Attributes: expect.any(Array),
        Assets: expect.any(Array),
        Locations: expect.any(Array),
      },
    });
    expect(told(await read(id, 2))).toEqual(told(messages));
    expect(await acknowledge(id, messages[1])).toMatchObject({
      AckMessagesNum: 2,
      CurrentQueueLength: 1,
      MaxQueueLength: 100_000,
    });
    expect(await acknowledge(id, messages[0])).toMatchObject({ AckMessagesNum: 0, CurrentQueueLength: 1 });
    expect(told(await readAll(id, 1))).toEqual([`created ${third.uuid}`]);
    // A product that is told of is no news when it changes; one that is not yet is, wherever it stands by now.
    await change(first);
    await change(third);
    expect(told(await readAll(id, 1))).toEqual([`created ${third.uuid}`]);
    await acknowledge(id, (await readAll(id, 1)).at(-1));
    expect(await read(id)).toEqual([]);
  });

  it('tells of changes and deletions to those who ask for them', async () => {
    const { Id: id = '' } = await subscribe({
      SubscriptionEvent: ['modified', 'deleted'],
      FilterParam: "contains(Name,'S2A')",
    });
    const product = await publish();
    expect(await read(id)).toEqual([]);
    await change(product);
    expect(told(await readAll(id, 1))).toEqual([`modified ${product.uuid}`]);
    const { Id: deletions = '' } = await subscribe({ SubscriptionEvent: 'deleted' });
    await service.port(ProductStore).remove(product, 'Obsolete product or Other', { source: 'test' });
    for (const each of [id, deletions]) {
      const messages = await readAll(each, 1);
      expect(told(messages)).toEqual([`deleted ${product.uuid}`]);
      expect(messages[0]?.value).toMatchObject({ DeletionCause: 'Obsolete product or Other' });
    }
  });

  it('goes on behind a pause with everything that happened meanwhile', async () => {
    const { Id: id = '' } = await subscribe({ FilterParam: S2_ONLY });
    expect(await (await ask(`(${id})`, 'PATCH', { Status: 'paused' })).json()).toMatchObject({ Status: 'paused' });
    const product = await publish();
    expect((await ask(`(${id})`, 'PATCH', { Status: 'running' })).status).toBe(200);
    expect(told(await readAll(id, 1))).toEqual([`created ${product.uuid}`]);
    expect((await ask(`(${id})`, 'PATCH', { Status: 'cancelled' })).status).toBe(200);
    expect((await ask(`(${id})/Read`)).status).toBe(404);
    const { Id: other = '' } = await subscribe({});
    expect((await ask(`(${other})`, 'DELETE')).status).toBe(204);
    const gone = await ask(`(${other})`);
    expect([gone.status, await gone.json()]).toEqual([
      404,
      expect.objectContaining({
        detail: { message: `Subscription with id ${other} not found.`, request_id: expect.any(String) },
      }),
    ]);
  });

  it('says it where messages were lost, and goes on from now', async () => {
    const { Id: id = '' } = await subscribe({});
    // As after a backup was restored: the position is of another life of the catalogue.
    await service.port(SubscriptionStore).change(id, { position: 'AAAAAAAAAAAAAAAAAAAAAAAA' });
    const answer = await ask(`(${id})/Read`);
    expect([answer.status, (await answer.json()) as unknown]).toEqual([
      410,
      expect.objectContaining({
        detail: expect.objectContaining({ message: expect.stringContaining('Reconcile by ModificationDate') }),
      }),
    ]);
    await ask(`(${id})`, 'PATCH', { Status: 'running' });
    const product = await publish();
    expect(told(await readAll(id, 1))).toEqual([`created ${product.uuid}`]);
  });

  it('pushes every message in order, again until the endpoint takes it', async () => {
    endpoint.failing = 2;
    const { Id: id = '' } = await subscribe({
      FilterParam: S2_ONLY,
      NotificationEndpoint: address,
      NotificationEpUsername: 'me',
      NotificationEpPassword: 'secret',
    });
    const products = [await publish(), await publish(), await publish()];
    await until(() => endpoint.got.length >= products.length);
    expect(told(endpoint.got)).toEqual(products.map(({ uuid }) => `created ${uuid}`));
    expect(endpoint.got[0]).not.toHaveProperty('AckId');
    expect(endpoint.authorizations[0]).toBe(`Basic ${Buffer.from('me:secret').toString('base64')}`);
    const shown = (await (await ask(`(${id})`)).json()) as Record<string, unknown>;
    expect(shown).toMatchObject({
      NotificationEndpoint: address,
      NotificationEpUsername: 'me',
      LastNotificationDate: expect.any(String),
    });
    expect(JSON.stringify(shown)).not.toContain('secret');
    await ask(`(${id})`, 'DELETE');
  });

  it('shows how pushing fails and pauses, losing nothing', async () => {
    const before = endpoint.got.length;
    endpoint.failing = 1_000;
    const { Id: id = '' } = await subscribe({ FilterParam: S2_ONLY, NotificationEndpoint: address });
    const product = await publish();
    let shown: Record<string, unknown> = {};
    for (let tries = 0; tries < 200 && shown['@frombork.failedTries'] !== 2; tries++) {
      await sleep(100);
      shown = (await (await ask(`(${id})`)).json()) as Record<string, unknown>;
    }
    expect(shown).toMatchObject({
      Status: 'running',
      '@frombork.failedTries': 2,
      '@frombork.lastError': 'The endpoint answered 503.',
      '@frombork.nextTry': expect.any(String),
    });
    endpoint.failing = 0;
    await ask(`(${id})`, 'PATCH', { Status: 'running' });
    await until(() => endpoint.got.length > before);
    expect(told(endpoint.got.slice(before))).toEqual([`created ${product.uuid}`]);
    await ask(`(${id})`, 'DELETE');
  });

  it.each([
    ['a filter that cannot be read', { FilterParam: "Colour eq 'red'" }, 400],
    ['a filter the catalogue cannot take', { FilterParam: "ContentLength gt 'many'" }, 400],
    ['a filter deletions cannot be found by', { FilterParam: 'Online eq true', SubscriptionEvent: ['deleted'] }, 400],
    ['an unknown event', { SubscriptionEvent: ['moved'] }, 400],
    ['an unknown status', { Status: 'asleep' }, 400],
    ['a body that is none', 'created', 400],
    ['an address that is none', { NotificationEndpoint: 'notify me' }, 400],
    ['a file', { NotificationEndpoint: 'file:///etc/passwd' }, 400],
    ['this machine by another name', { NotificationEndpoint: 'http://[::1]/x' }, 403],
    ['the metadata service of a cloud', { NotificationEndpoint: 'http://169.254.169.254/latest/meta-data' }, 403],
    ['a private network', { NotificationEndpoint: 'http://10.0.0.1/x' }, 403],
    ['credentials in the address', { NotificationEndpoint: 'http://me:secret@example.org/' }, 400],
  ])('refuses %s', async (_what, body, status) => {
    const answer = await ask('', 'POST', body);
    expect([answer.status, await answer.json()]).toEqual([
      status,
      {
        error: expect.objectContaining({ message: expect.any(String) }),
        detail: expect.objectContaining({ message: expect.any(String) }),
      },
    ]);
  });

  it('takes only an AckId it gave', async () => {
    const { Id: id = '' } = await subscribe({});
    for (const path of [
      'Ack',
      'Ack?$ackid=MTcx==',
      `Ack?$ackid=${Buffer.from('1 0 AAAAAAAAAAAAAAAAAAAAAAAA ').toString('base64url')}`,
    ]) {
      expect((await ask(`(${id})/${path}`, 'POST')).status).toBe(400);
    }
    expect((await ask(`(${id})/Read?$top=21`)).status).toBe(422);
  });
});
