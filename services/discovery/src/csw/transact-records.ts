import { Injectable } from '@nestjs/common';
import type { Filter } from '#domain/catalog/catalog-query.js';
import { RECORDS } from '#domain/collection/record-collection.js';
import { ConflictError, DeniedError, NotFoundError } from '#domain/errors.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { ProductStore } from '#domain/ports/product-store.js';
import type { Product } from '#domain/product/product.js';
import { compileForProducts, compileForPublished } from '#protocols/csw/compile-constraint.js';
import { CswError } from '#protocols/csw/csw-error.js';
import type { TransactionAction, TransactionRequest } from '#protocols/csw/csw-request.js';
import type { InsertedRecords, TransactionOutcome } from '#protocols/csw/transaction-response.js';
import type { Mirror } from '#protocols/links/product-links.js';
import { changeRecord } from './change-record.js';
import { KnownRecords, type HeldRecords } from './known-records.js';
import { readPublishable, registerRecords } from './publishable-records.js';

/** Records one action may change, at most. */
const MOST_CHANGED = 5000;

/** What the actions of a Transaction come to. */
interface Plan {
  readonly inserted: InsertedRecords[];
  readonly written: Map<string, Product>;
  readonly removed: Map<string, Product>;
  updated: number;
}

/**
 * Transaction: inserts, updates and deletes metadata-only records. Everything is read and checked before the first is written; what is inserted and updated
 * is written at once, what is deleted after it one by one. Products that hold content are acquisition's: they are refused.
 */
@Injectable()
export class TransactRecords {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly store: ProductStore,
    private readonly known: KnownRecords,
  ) {}

  async execute(request: TransactionRequest, mirror: Mirror): Promise<TransactionOutcome> {
    const held = await this.known.of(mirror);
    const plan: Plan = { inserted: [], written: new Map(), removed: new Map(), updated: 0 };
    for (const action of request.actions) await this.plan(action, plan, held);
    const context = { source: 'csw', ...(request.requestId === undefined ? {} : { requestId: request.requestId }) };
    const products = [...plan.written.values()];
    await registerRecords(products, this.catalog, this.store);
    if (products.length > 0) await this.store.publish(products, context);
    let deleted = 0;
    for (const { collection, id } of plan.removed.values()) {
      deleted += (await this.store.remove({ collection, id }, 'Obsolete product or Other', context)) ? 1 : 0;
    }
    return { inserted: plan.inserted, updated: plan.updated, deleted };
  }

  private async plan(action: TransactionAction, plan: Plan, held: HeldRecords): Promise<void> {
    switch (action.kind) {
      case 'insert':
        return this.insert(action, plan);
      case 'update':
        return this.update(action, plan);
      case 'update-properties': {
        const found = await this.matching(action.filter, held);
        for (const product of found) plan.written.set(keyOf(product), changeRecord(product, action.changes));
        plan.updated += found.length;
        return;
      }
      case 'delete':
        for (const product of await this.matching(action.filter, held)) plan.removed.set(keyOf(product), product);
    }
  }

  private async insert({ records, handle }: Extract<TransactionAction, { kind: 'insert' }>, plan: Plan): Promise<void> {
    const publishable = records.flatMap((record) => readPublishable(record, 'Insert'));
    for (const { product } of publishable) {
      const exists = plan.written.has(keyOf(product)) || (await this.catalog.find(product)) !== undefined;
      if (exists)
        throw new ConflictError(`The record ${product.id} exists already: update it instead.`, { subject: 'Insert' });
      plan.written.set(keyOf(product), product);
    }
    plan.inserted.push({
      records: publishable.map(({ record }) => record),
      ...(handle === undefined ? {} : { handle }),
    });
  }

  private async update({ record }: Extract<TransactionAction, { kind: 'update' }>, plan: Plan): Promise<void> {
    for (const { product } of readPublishable(record, 'Update')) {
      const existing = await this.catalog.find(product);
      if (existing === undefined)
        throw new NotFoundError(`There is no record ${product.id} to update.`, { subject: 'Update' });
      refuseHeld([existing]);
      plan.written.set(keyOf(product), product);
      plan.updated += 1;
    }
  }

  private async matching(filter: Filter, held: HeldRecords): Promise<readonly Product[]> {
    const published = held.hasPublished ? await this.search([RECORDS], compileForPublished(filter)) : [];
    const products =
      held.collections.length === 0 ? [] : await this.search(held.collections, compileForProducts(filter, held.shared));
    refuseHeld(products);
    return [...published, ...products];
  }

  private async search(collections: readonly string[], filter: Filter): Promise<readonly Product[]> {
    const page = await this.catalog.search({
      collections,
      filter,
      sort: [{ property: 'id', direction: 'asc' }],
      page: { kind: 'number', limit: MOST_CHANGED + 1, offset: 0 },
      count: 'none',
    });
    if (page.products.length <= MOST_CHANGED) return page.products;
    throw new CswError(
      `The constraint selects more than ${MOST_CHANGED} records; narrow it.`,
      'TransactionFailed',
      'Constraint',
    );
  }
}

function refuseHeld(products: readonly Product[]): void {
  const holding = products.find(({ content }) => content !== undefined);
  if (holding === undefined) return;
  throw new DeniedError(
    `${holding.id} is a product whose data is held here; a Transaction changes metadata records only.`,
    {
      subject: 'Constraint',
    },
  );
}

function keyOf({ collection, id }: Product): string {
  return `${collection}/${id}`;
}
