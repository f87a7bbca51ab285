import { Injectable } from '@nestjs/common';
import type { CatalogChange } from '#domain/catalog/catalog-change.js';
import type { Filter } from '#domain/catalog/catalog-query.js';
import { ChangeFeed } from '#domain/ports/change-feed.js';
import { Clock } from '#domain/ports/clock.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { SubscriptionStore } from '#domain/ports/subscription-store.js';
import type { Subscription, SubscriptionEvent } from '#domain/subscription/subscription.js';
import { deletedVocabulary } from '#protocols/odata/deleted-products.js';
import type { ODataVocabulary } from '#protocols/odata/odata-vocabulary.js';
import { productVocabulary } from '#protocols/odata/product-vocabulary.js';
import { parseODataFilter } from '#protocols/odata/products-query.js';
import type { SubscriptionMessage } from '#protocols/odata/subscription-entity.js';
import { KnownCollections } from '../known-collections.js';

/** Changes read at a time, and in one go at most. */
const PAGE = 200;
const MOST_PAGES = 25;
/** As long as the store remembers what was told. */
const REMEMBERED_MS = 30 * 86_400_000;

/** The next messages of a subscription. */
export interface WaitingMessages {
  readonly messages: readonly SubscriptionMessage[];
  /** Everything up to here was of no interest: where the first message's predecessor is, or the end. */
  readonly passed: string;
}

/** Finds what a subscription is to be told of in the changes of the catalogue. */
@Injectable()
export class MatchChanges {
  constructor(
    private readonly feed: ChangeFeed,
    private readonly catalog: ProductCatalog,
    private readonly store: SubscriptionStore,
    private readonly collections: KnownCollections,
    private readonly clock: Clock,
  ) {}

  /** Throws InvalidError about FilterParam where it cannot be read for one of the events. */
  async check(filter: string, events: readonly SubscriptionEvent[]): Promise<void> {
    const known = await this.collections.all();
    if (events.includes('deleted')) parseODataFilter(filter, deletedVocabulary(known), 'FilterParam');
    if (events.some((event) => event !== 'deleted')) {
      const read = parseODataFilter(filter, productVocabulary(known), 'FilterParam');
      // What the catalogue has to say against it is to be heard now, not at the first message.
      await this.catalog.search({ filter: read, page: { kind: 'number', limit: 1, offset: 0 } });
    }
  }

  /** From the subscription's position on. Throws InvalidError (subject `after`) where that position means nothing any more. */
  async execute(subscription: Subscription, limit: number, signal?: AbortSignal): Promise<WaitingMessages> {
    const messages: SubscriptionMessage[] = [];
    let [passed, after] = [subscription.position, subscription.position];
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const page = await this.feed.read({ after, limit: PAGE }, signal);
      const events = await this.eventsOf(subscription, page.changes, signal);
      for (const [index, change] of page.changes.entries()) {
        const event = events[index];
        if (event !== undefined) messages.push({ event, change });
        else if (messages.length === 0) passed = change.position;
        if (messages.length === limit) return { messages, passed };
      }
      if (messages.length === 0) passed = page.position;
      if (!page.hasMore) break;
      after = page.position;
    }
    return { messages, passed };
  }

  /** For each change what the subscriber is told of it, if anything. */
  private async eventsOf(
    subscription: Subscription,
    changes: readonly CatalogChange[],
    signal: AbortSignal | undefined,
  ): Promise<readonly (SubscriptionEvent | undefined)[]> {
    const untold = await this.untold(subscription, changes);
    const events = changes.map((change): SubscriptionEvent | undefined => {
      const event = change.kind === 'modified' && untold.has(change.product.uuid) ? 'created' : change.kind;
      return subscription.events.includes(event) ? event : undefined;
    });
    if (subscription.filter === undefined) return events;
    const wanted = changes.filter((_, index) => events[index] !== undefined);
    const matching = await this.matching(subscription.filter, wanted, signal);
    return events.map((event, index) => (matching.has(uuidOf(changes[index])) ? event : undefined));
  }

  /** A product made and changed again before the subscriber came by is new to it, wherever in the feed it now stands. */
  private async untold(subscription: Subscription, changes: readonly CatalogChange[]): Promise<ReadonlySet<string>> {
    if (!subscription.events.includes('created')) return new Set();
    const since = Math.max(subscription.submitted.getTime(), this.clock.now().getTime() - REMEMBERED_MS);
    const young = changes.flatMap((change) =>
      change.kind === 'modified' && (change.product.published?.getTime() ?? 0) >= since ? [change.product.uuid] : [],
    );
    const told = await this.store.told(subscription.id, young);
    return new Set(young.filter((uuid) => !told.has(uuid)));
  }

  private async matching(
    filter: string,
    changes: readonly CatalogChange[],
    signal: AbortSignal | undefined,
  ): Promise<ReadonlySet<string>> {
    const collections = await this.collections.all();
    const within = (vocabulary: ODataVocabulary, uuids: readonly string[]): Filter => ({
      op: 'and',
      args: [{ op: 'in', property: 'uuid', values: uuids }, parseODataFilter(filter, vocabulary, 'FilterParam')],
    });
    const [gone, present] = [true, false].map((isGone) =>
      changes.filter(({ kind }) => (kind === 'deleted') === isGone).map(uuidOf),
    ) as [string[], string[]];
    const page = { limit: PAGE, offset: 0 };
    const deleted =
      gone.length === 0
        ? []
        : (await this.feed.deleted({ ...page, filter: within(deletedVocabulary(collections), gone) }, signal)).deleted;
    const products =
      present.length === 0
        ? []
        : (
            await this.catalog.search(
              { page: { kind: 'number', ...page }, filter: within(productVocabulary(collections), present) },
              signal,
            )
          ).products;
    return new Set([...deleted, ...products].map(({ uuid }) => uuid));
  }
}

function uuidOf(change: CatalogChange | undefined): string {
  if (change === undefined) return '';
  return change.kind === 'deleted' ? change.tombstone.uuid : change.product.uuid;
}
