import { Injectable } from '@nestjs/common';
import type { Tombstone } from '#domain/catalog/catalog-change.js';
import type { CatalogQuery, Filter } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import { ChangeFeed } from '#domain/ports/change-feed.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { Product } from '#domain/product/product.js';
import type { Mirror } from '#protocols/links/product-links.js';
import { OaiError } from '#protocols/oai/oai-error.js';
import type { OaiItem } from '#protocols/oai/oai-answer.js';
import type { ListState } from '#protocols/oai/resumption-token.js';
import { KnownRecords, type HeldRecords } from '../csw/known-records.js';

/** Records and tombstones of one answer. */
const PAGE = 200;

/** A stretch of a list, and where it goes on. */
export interface OaiStretch {
  readonly items: readonly OaiItem[];
  /** What this answer belongs to, as the first answer of the list said. */
  readonly begun: Date;
  readonly size?: number;
  readonly next?: ListState;
}

/**
 * Lists what changed in a period: records by the date of their last change, then tombstones by that of the deletion. A list that is going on meets what
 * changes meanwhile further on, or the next list does: it begins where nothing older can appear, which is not "now" but the begin of the oldest
 * transaction that still runs.
 */
@Injectable()
export class ListOaiItems {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly feed: ChangeFeed,
    private readonly records: KnownRecords,
  ) {}

  async execute(state: ListState, mirror: Mirror, signal?: AbortSignal): Promise<OaiStretch> {
    // Before anything is read: what is dated later may be missed by this list and must be in the next.
    const begun = state.begun ?? (await this.feed.completeUntil());
    const isDone = state.deletedAfter !== undefined;
    const live = isDone ? { items: [] } : await this.live({ ...state, begun }, mirror, signal);
    const size = state.sent === 0 && 'matched' in live ? live.matched : state.size;
    const sent = state.sent + live.items.length;
    const known = { begun, ...(size === undefined ? {} : { size }) };
    if ('cursor' in live)
      return { items: live.items, ...known, next: { ...state, ...known, cursor: live.cursor, sent } };
    const rest = PAGE - live.items.length;
    const gone = await this.gone(state, rest, signal);
    const items = [...live.items, ...gone.items];
    if (!gone.hasNext) return { items, ...known };
    const after = gone.last === undefined ? { deletedAfter: BEFORE_ALL } : { deletedAfter: gone.last };
    const { cursor: _cursor, ...left } = state;
    return { items, ...known, next: { ...left, ...known, ...after, sent: sent + gone.items.length } };
  }

  /** A record or what is left of it. Throws OaiError. */
  async find(uuid: string, mirror: Mirror): Promise<OaiItem> {
    const product = await this.catalog.findByUuid(uuid);
    if (product !== undefined) return itemOf(product, await this.records.of(mirror));
    const filter: Filter = { op: 'eq', property: 'uuid', value: uuid };
    const [tombstone] = (await this.feed.deleted({ filter, limit: 1, offset: 0 })).deleted;
    if (tombstone !== undefined) return remainsOf(tombstone);
    throw new OaiError('idDoesNotExist', 'There is no record of this identifier.');
  }

  /** The date of the oldest record or tombstone. */
  async earliest(): Promise<Date> {
    const page = { kind: 'number' as const, limit: 1, offset: 0 };
    const { products } = await this.catalog.search({ sort: [{ property: 'updated', direction: 'asc' }], page });
    const { deleted } = await this.feed.deleted({
      sort: [{ property: 'deleted', direction: 'asc' }],
      limit: 1,
      offset: 0,
    });
    const dates = [products[0]?.updated, deleted[0]?.deleted].filter((date) => date !== undefined);
    return dates.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? (await this.feed.completeUntil());
  }

  private async live(state: ListState & { begun: Date }, mirror: Mirror, signal: AbortSignal | undefined) {
    const { cursor, set } = state;
    const isFirst = cursor === undefined;
    const query: CatalogQuery = {
      ...(set === undefined ? {} : { collections: [set] }),
      filter: { op: 'and', args: within('updated', state) },
      sort: [{ property: 'updated', direction: 'asc' }],
      page: { kind: 'keyset', limit: PAGE, ...(isFirst ? {} : { cursor }) },
      count: isFirst ? 'auto' : 'none',
    };
    const page = await this.catalog.search(query, signal).catch(asBadToken);
    const held = await this.records.of(mirror);
    const counted = page.matched?.exact === true ? await this.countGone(state, signal) : undefined;
    return {
      items: page.products.map((product) => itemOf(product, held)),
      ...(page.next === undefined ? {} : { cursor: page.next }),
      ...(page.matched === undefined || counted === undefined ? {} : { matched: page.matched.value + counted }),
    };
  }

  private async countGone(state: ListState, signal: AbortSignal | undefined): Promise<number | undefined> {
    const { matched } = await this.feed.deleted({ ...goneIn(state), limit: 0, offset: 0, count: true }, signal);
    return matched?.value;
  }

  private async gone(state: ListState, limit: number, signal: AbortSignal | undefined) {
    const page = await this.feed.deleted({ ...goneIn(state), limit, offset: 0 }, signal);
    const last = page.deleted.at(-1);
    return {
      items: page.deleted.map(remainsOf),
      hasNext: page.hasNext,
      ...(last === undefined ? {} : { last: { deleted: last.deleted, uuid: last.uuid } }),
    };
  }
}

/** The place before all tombstones. */
const BEFORE_ALL = { deleted: new Date('0001-01-01T00:00:00Z'), uuid: '00000000-0000-0000-0000-000000000000' };

function goneIn(state: ListState) {
  const { set, deletedAfter: after } = state;
  const args: Filter[] = [...within('deleted', state)];
  if (set !== undefined) args.push({ op: 'eq', property: 'collection', value: set });
  if (after !== undefined) {
    const sameDate: Filter[] = [
      { op: 'eq', property: 'deleted', value: after.deleted },
      { op: 'gt', property: 'uuid', value: after.uuid },
    ];
    args.push({
      op: 'or',
      args: [
        { op: 'gt', property: 'deleted', value: after.deleted },
        { op: 'and', args: sameDate },
      ],
    });
  }
  const sort = [{ property: 'deleted', direction: 'asc' as const }];
  return { filter: { op: 'and' as const, args }, sort };
}

function within(property: string, { from, before }: ListState): readonly Filter[] {
  return [
    ...(from === undefined ? [] : [{ op: 'ge' as const, property, value: from }]),
    ...(before === undefined ? [] : [{ op: 'lt' as const, property, value: before }]),
  ];
}

function itemOf(product: Product, held: HeldRecords): OaiItem {
  const { uuid, collection: set, updated: at = product.acquiredFrom } = product;
  return { uuid, set, at, record: held.recordOf(product) };
}

function remainsOf({ uuid, collection: set, deleted: at }: Tombstone): OaiItem {
  return { uuid, set, at };
}

/** Only the cursor in a token can be wrong in a list. */
function asBadToken(error: unknown): never {
  if (error instanceof InvalidError && error.subject === 'cursor') {
    throw new OaiError('badResumptionToken', 'This resumption token was not given here; begin the list anew.');
  }
  throw error;
}
