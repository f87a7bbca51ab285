import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Inbox } from '#domain/ports/outbox.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { ProductStore } from '#domain/ports/product-store.js';
import { writeItem } from '#protocols/stac/item.js';
import { CatalogueReplica } from '#test/support/catalogue-replica.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { runWriter, writerPlans, type WrittenTo } from '#test/support/catalogue-writers.js';
import { StacModule } from './stac.module.js';

const COLLECTIONS = ['sentinel-2-l1c', 'sentinel-2-l2a'] as const;

interface Linked {
  readonly links: readonly { readonly rel: string; readonly href: string }[];
}

interface Item extends Linked {
  readonly id: string;
  readonly collection: string;
}

interface Deletions extends Linked {
  readonly completeUntil: string;
  readonly deletions: readonly { readonly id: string; readonly collection: string }[];
}

const keyOf = ({ collection, id }: { collection: string; id: string }) => `${collection}/${id}`;

/** Knows nothing but the STAC API: takes away what `/deletions` names, puts what the search by `updated` finds. */
class StacMirror {
  readonly held = new Map<string, Item>();
  private since = '2000-01-01T00:00:00Z';

  constructor(
    private readonly url: string,
    private readonly limit: number,
  ) {}

  async follow(): Promise<void> {
    let next = this.since;
    await this.walk<Deletions>(`/deletions?since=${this.since}&limit=${this.limit}`, (page) => {
      for (const each of page.deletions) this.held.delete(keyOf(each));
      next = page.completeUntil;
    });
    const filter = encodeURIComponent(`updated >= TIMESTAMP('${this.since}')`);
    const search = `/search?filter=${filter}&sortby=%2Bupdated&limit=${this.limit}`;
    await this.walk<Linked & { readonly features: readonly Item[] }>(search, (page) => {
      for (const item of page.features) this.held.set(keyOf(item), item);
    });
    this.since = next;
  }

  private async walk<T extends Linked>(path: string, take: (page: T) => void): Promise<void> {
    for (let href: string | undefined = `${this.url}/stac${path}`; href !== undefined;) {
      const answer: Response = await fetch(href);
      expect(answer.status).toBe(200);
      const page = (await answer.json()) as T;
      take(page);
      href = page.links.find(({ rel }) => rel === 'next')?.href;
    }
  }
}

describe('a mirror that follows items by updated, and deletions', () => {
  let service: CatalogueService;
  beforeAll(async () => {
    service = await startCatalogueService([StacModule], []);
  }, 120_000);
  afterAll(() => service.stop());

  it('ends equal to the catalogue, whoever writes meanwhile', async () => {
    const mirrors = [new StacMirror(service.url, 2), new StacMirror(service.url, 100)];
    const to: WrittenTo = {
      store: service.port(ProductStore),
      transaction: async (work) => {
        await service.port(Inbox).once('mirrors', randomUUID(), work);
      },
    };
    await fc.assert(
      fc.asyncProperty(writerPlans, async (plans) => {
        let writing = true;
        const writers = Promise.all(plans.map((plan) => runWriter(plan, to, COLLECTIONS))).finally(
          () => (writing = false),
        );
        for (let at = 0; writing; at++) {
          await mirrors[at % mirrors.length]!.follow();
          await sleep(10);
        }
        await writers;
        const products = await CatalogueReplica.contentOf(service.port(ProductCatalog));
        const expected = new Map(
          products.map((product) => [
            keyOf(product),
            JSON.parse(JSON.stringify(writeItem(product, service.url))) as Item,
          ]),
        );
        await service.undisturbed();
        for (const mirror of mirrors) {
          await mirror.follow();
          expect(mirror.held).toEqual(expected);
        }
      }),
      { numRuns: 12 },
    );
  }, 240_000);

  it('is led there by the landing page, and to the next round by the answer', async () => {
    const root = (await (await fetch(`${service.url}/stac`)).json()) as Linked;
    const href = root.links.find(({ rel }) => rel === 'deletions')?.href ?? '';
    const answer = await fetch(`${href}?collections=nothing&since=2024-01-01T00:00:00Z`);
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    const page = (await answer.json()) as Deletions;
    expect(page.deletions).toEqual([]);
    const changes = page.links.find(({ rel }) => rel === 'changes')?.href ?? '';
    expect((await fetch(changes)).status).toBe(200);
    expect(new URL(changes).searchParams.get('filter')).toContain(page.completeUntil);
  });

  it.each(['since=yesterday', 'token=x', 'token=eyJhIjoxfQ', 'limit=0'])('refuses %s', async (query) => {
    const answer = await fetch(`${service.url}/stac/deletions?${query}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, expect.stringMatching(/problem\+json/)]);
  });
});
