import { Injectable } from '@nestjs/common';
import { ConflictError, DomainError, PreconditionFailedError, type ErrorKind } from '#domain/errors.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { ProductStore, type Expectation } from '#domain/ports/product-store.js';
import type { Product } from '#domain/product/product.js';
import { isJsonObject, isSameJson } from '#protocols/json/json-value.js';
import { pointerOf, type Bulk, type BulkEntry } from '#protocols/stac/bulk-items.js';
import { changeItem, readNewItem } from '#protocols/stac/item-change.js';
import { writeItem } from '#protocols/stac/item.js';
import { FindCollection } from '../find-collection.js';
import { ReadableArchive } from '../readable-archive.js';
import { writerContext } from './write-terms.js';

/** Items of one transaction. */
const BATCH = 250;
/** Tries at an item that somebody else writes too. */
const ATTEMPTS = 3;

/** Why one item was not taken. */
export interface BulkError {
  /** Where in the body (JSON Pointer). */
  readonly pointer: string;
  readonly id?: string;
  readonly kind: ErrorKind;
  readonly reason: string;
}

/** What became of each item, by id. */
export interface BulkReport {
  readonly created: string[];
  readonly modified: string[];
  readonly unchanged: string[];
  readonly errors: BulkError[];
}

interface Prepared {
  readonly entry: BulkEntry;
  readonly product: Product;
  readonly expected: Expectation;
}

interface Target {
  readonly collection: string;
  readonly address: string;
  readonly method: Bulk['method'];
}

/**
 * Takes many items in batches of 250, each one transaction; a bad item is left out and named, the others of its batch go in. What was sent before is
 * unchanged, so that a load that was cut off is simply sent again.
 */
@Injectable()
export class WriteManyItems {
  constructor(
    private readonly store: ProductStore,
    private readonly catalog: ProductCatalog,
    private readonly findCollection: FindCollection,
    private readonly archive: ReadableArchive,
  ) {}

  /** Throws NotFoundError without the collection; `address` is the mirror's public address. */
  async execute({ method, entries }: Bulk, collection: string, address: string): Promise<BulkReport> {
    await this.findCollection.execute(collection);
    const report: BulkReport = { created: [], modified: [], unchanged: [], errors: [] };
    const target = { collection, address, method };
    for (let at = 0; at < entries.length; at += BATCH)
      await this.writeBatch(entries.slice(at, at + BATCH), target, report);
    return report;
  }

  private async writeBatch(entries: readonly BulkEntry[], target: Target, report: BulkReport): Promise<void> {
    const prepared = await this.prepare(entries, target, report);
    if (prepared.length === 0) return;
    try {
      await this.publish(prepared, report);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      // One that the store refuses, or that somebody else wrote: only that one stays out.
      for (const { entry } of prepared)
        await this.writeOne(entry, target, report).catch((each: unknown) => tell(entry, report, each));
    }
  }

  private async writeOne(entry: BulkEntry, target: Target, report: BulkReport): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.publish(await this.prepare([entry], target, report), report);
        return;
      } catch (error) {
        if (!(error instanceof PreconditionFailedError) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** What the good ones become; the report says of the others why not. */
  private async prepare(entries: readonly BulkEntry[], target: Target, report: BulkReport): Promise<Prepared[]> {
    const read = entries.map((entry) => ({ entry, fresh: attempt(() => readEntry(entry, target)) }));
    const good = read.flatMap(({ fresh }) => (fresh instanceof DomainError ? [] : [fresh]));
    const standing = new Map((await this.catalog.findAll(good)).map((product) => [product.id, product]));
    return read.flatMap(({ entry, fresh }) => {
      const decided = fresh instanceof DomainError ? fresh : attempt(() => this.decide(entry, fresh, standing, target));
      if (!(decided instanceof DomainError)) return [decided];
      tell(entry, report, decided);
      return [];
    });
  }

  private decide(
    entry: BulkEntry,
    fresh: Product,
    standing: ReadonlyMap<string, Product>,
    { collection, address, method }: Target,
  ): Prepared {
    const current = standing.get(fresh.id);
    const expected = { collection, id: fresh.id, revision: current?.revision ?? null };
    if (current === undefined) return { entry, product: fresh, expected };
    const product = changeItem(current, entry.json, address, this.archive.s3);
    const isSame = isSameJson(plain(writeItem(current, address)), plain(writeItem(product, address)));
    if (method === 'insert' && !isSame)
      throw new ConflictError(`There is another item ${fresh.id} in ${collection}.`, { subject: 'id' });
    return { entry, product: isSame ? current : product, expected };
  }

  private async publish(prepared: readonly Prepared[], report: BulkReport): Promise<void> {
    if (prepared.length === 0) return;
    const products = prepared.map(({ product }) => product);
    const expected = prepared.map((each) => each.expected);
    const outcomes = await this.store.publish(products, { ...writerContext(), expected });
    for (const { key, change } of outcomes) report[change === 'kept' ? 'unchanged' : change].push(key.id);
  }
}

function readEntry({ json, id }: BulkEntry, { collection }: Target): Product {
  return readNewItem(json, { collection, ...(id === undefined ? {} : { id }) });
}

function attempt<T>(work: () => T): T | DomainError {
  try {
    return work();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

function tell(entry: BulkEntry, report: BulkReport, error: unknown): void {
  if (!(error instanceof DomainError)) throw error;
  const { kind, message, subject } = error;
  const stated = isJsonObject(entry.json) ? entry.json['id'] : undefined;
  const id = entry.id ?? (typeof stated === 'string' ? stated : undefined);
  const pointer = pointerOf(entry, subject);
  report.errors.push({ pointer, ...(id === undefined ? {} : { id }), kind, reason: message });
}

function plain(item: object): unknown {
  return JSON.parse(JSON.stringify(item));
}
