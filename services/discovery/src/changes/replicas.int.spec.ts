import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Inbox } from '#domain/ports/outbox.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { ProductStore } from '#domain/ports/product-store.js';
import { parseXml } from '#protocols/xml/parse-xml.js';
import { attribute, descendants, textAt, textOf } from '#protocols/xml/xml-path.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { CatalogueReplica } from '#test/support/catalogue-replica.js';
import { runWriter, writerPlans, type WrittenTo } from '#test/support/catalogue-writers.js';
import { DiscoveryModule } from '../discovery.module.js';

const COLLECTIONS = ['sentinel-2-l1c', 'sentinel-2-l2a'] as const;

/** What a mirror holds: the date of change by uuid. */
type Held = Map<string, string>;

interface Change {
  readonly kind: 'created' | 'modified' | 'deleted';
  readonly uuid: string;
  readonly at: string;
}

interface ChangesAnswer {
  readonly changes: readonly Change[];
  readonly next: string;
  readonly hasMore: boolean;
}

/** The inbox is what other code commits several writes together by. */
function writtenTo(service: CatalogueService): WrittenTo {
  return {
    store: service.port(ProductStore),
    transaction: async (work) => {
      await service.port(Inbox).once('replicas', randomUUID(), work);
    },
  };
}

describe('replicas over HTTP while writers write', () => {
  let service: CatalogueService;
  beforeAll(async () => {
    service = await startCatalogueService([DiscoveryModule], []);
  }, 120_000);
  afterAll(() => service.stop());

  /** Follows `/opensearch/changes`. */
  class FeedMirror {
    readonly held: Held = new Map();
    private next = '';

    constructor(private readonly limit: number) {}

    async follow(): Promise<void> {
      for (let hasMore = true; hasMore;) {
        const after = this.next === '' ? '' : `&after=${this.next}`;
        const answer = await fetch(`${service.url}/opensearch/changes?limit=${this.limit}${after}`);
        const page = (await answer.json()) as ChangesAnswer;
        for (const { kind, uuid, at } of page.changes) {
          if (kind === 'deleted') this.held.delete(uuid);
          else this.held.set(uuid, at.replace(/\.\d+Z$/, 'Z'));
        }
        ({ next: this.next, hasMore } = page);
      }
    }
  }

  /** Harvests by OAI-PMH, each time from the date of the last answer. */
  class OaiMirror {
    readonly held: Held = new Map();
    private from = '';

    async follow(): Promise<void> {
      const from = this.from === '' ? '' : `&from=${this.from}`;
      let token = await this.harvest(`metadataPrefix=oai_dc${from}`);
      while (token !== '') token = await this.harvest(`resumptionToken=${token}`);
    }

    private async harvest(query: string): Promise<string> {
      const answer = parseXml(await (await fetch(`${service.url}/oai?verb=ListIdentifiers&${query}`)).text());
      this.from = textAt(answer, 'responseDate') ?? '';
      for (const header of descendants(answer, 'header')) {
        const uuid = textAt(header, 'identifier')?.replace('urn:uuid:', '') ?? '';
        if (attribute(header, 'status') === 'deleted') this.held.delete(uuid);
        else this.held.set(uuid, textAt(header, 'datestamp') ?? '');
      }
      return textOf(descendants(answer, 'resumptionToken')[0]) ?? '';
    }
  }

  it('end equal to the catalogue', async () => {
    const [feeds, harvesters] = [
      [new FeedMirror(3), new FeedMirror(100)],
      [new OaiMirror(), new OaiMirror()],
    ];
    await fc.assert(
      fc.asyncProperty(writerPlans, async (plans) => {
        const mirrors = [...feeds, ...harvesters];
        let writing = true;
        const writers = Promise.all(plans.map((plan) => runWriter(plan, writtenTo(service), COLLECTIONS))).finally(
          () => (writing = false),
        );
        for (let at = 0; writing; at++) {
          await mirrors[at % mirrors.length]!.follow();
          await sleep(10);
        }
        await writers;
        const expected = new Map(
          (await CatalogueReplica.contentOf(service.port(ProductCatalog))).map(({ uuid, updated }) => [
            uuid,
            updated!.toISOString().replace(/\.\d+Z$/, 'Z'),
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
});
