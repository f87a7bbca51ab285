import { Injectable } from '@nestjs/common';
import { RECORDS, RECORD_COLLECTION } from '#domain/collection/record-collection.js';
import { InvalidError } from '#domain/errors.js';
import { NO_COUNTS, type HarvestCounts, type HarvestKind } from '#domain/harvest/harvest.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { ProductStore, type ChangeContext, type PublishOutcome } from '#domain/ports/product-store.js';
import type { Product } from '#domain/product/product.js';
import { ServiceLog } from '#platform/log.js';
import { bareRecord, upstreamRecord, type UpstreamRecord } from '#protocols/upstream/upstream-record.js';
import type { RemovedRecord, SourcePage } from './harvest-source.js';

/** Where records come from. */
export interface Origin {
  readonly kind: HarvestKind;
  readonly source: string;
}

const CAUSE = 'Obsolete product or Other';

/**
 * Takes a page over into the catalogue. Each product says in `extra.federation` where it came from: `source` (address of the catalogue), `id` (its
 * identifier there) and `modified` (its last change there). What the mirror holds, or somebody else wrote, is kept.
 */
@Injectable()
export class PublishHarvest {
  private hasRecords = false;

  constructor(
    private readonly store: ProductStore,
    private readonly catalog: ProductCatalog,
    private readonly log: ServiceLog,
  ) {}

  async execute(page: SourcePage, origin: Origin): Promise<HarvestCounts> {
    for (const { id, reason } of page.failures.slice(0, 5))
      this.log.warn({ source: origin.source, record: id, reason }, 'a record of another catalogue could not be read');
    const products = page.records.map((record) => withProvenance(record, origin));
    await this.registerRecords(products);
    const counts = { ...NO_COUNTS, read: page.records.length + page.failures.length, failed: page.failures.length };
    for (const outcome of await this.publish(products, contextOf(origin))) counts[outcome] += 1;
    counts.removed = await this.remove(page.removed ?? [], origin);
    return counts;
  }

  private async registerRecords(products: readonly Product[]): Promise<void> {
    if (this.hasRecords || !products.some(({ collection }) => collection === RECORDS)) return;
    await this.store.registerCollection(RECORD_COLLECTION);
    this.hasRecords = true;
  }

  /** A page the store refuses is published one by one, so that only the bad ones stay out. */
  private async publish(
    products: readonly Product[],
    context: ChangeContext,
  ): Promise<readonly (PublishOutcome['change'] | 'failed')[]> {
    if (products.length === 0) return [];
    try {
      return (await this.store.publish(products, context)).map(({ change }) => change);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      const [first] = products;
      if (products.length === 1) {
        this.log.warn({ record: first?.id, reason: error.message }, 'a record could not be catalogued');
        return ['failed'];
      }
      const outcomes: (PublishOutcome['change'] | 'failed')[] = [];
      for (const product of products) outcomes.push(...(await this.publish([product], context)));
      return outcomes;
    }
  }

  private async remove(removed: readonly RemovedRecord[], origin: Origin): Promise<number> {
    let count = 0;
    for (const { name, deleted } of removed) {
      const { collection, id } = upstreamRecord({ record: bareRecord(name) }).product;
      const product = await this.catalog.find({ collection, id });
      if (product === undefined || changedAfter(product, deleted)) continue;
      if (await this.store.remove({ collection, id }, CAUSE, contextOf(origin))) count += 1;
    }
    return count;
  }
}

/** Deleted there and published again since. */
function changedAfter({ extra }: Product, deleted: Date): boolean {
  const { modified } = (extra['federation'] ?? {}) as { modified?: unknown };
  return typeof modified === 'string' && new Date(modified) > deleted;
}

/** One catalogue asked by one interface is one writer: another one's copies of the same products are left alone. */
function contextOf({ kind, source }: Origin): ChangeContext {
  return { source: `harvest:${kind}:${new URL(source).host}`, keepHeld: true };
}

function withProvenance({ product, id, modified }: UpstreamRecord, { source }: Origin): Product {
  const { origin, pathname } = new URL(source);
  const federation = {
    source: `${origin}${pathname}`,
    id,
    ...(modified === undefined ? {} : { modified: modified.toISOString() }),
  };
  return { ...product, extra: { ...product.extra, federation } };
}
