import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { DomainError, InvalidError } from '#domain/errors.js';
import { ProductStore } from '#domain/ports/product-store.js';
import type { Product } from '#domain/product/product.js';
import { productUuid } from '#domain/product/product-uuid.js';
import { currentRequestId } from '#platform/request-context.js';
import { parseValidItem } from '#protocols/stac/stac-item-read.js';
import { splitLines } from '#protocols/json/split-lines.js';

const BATCH = 500;
/** Longest line, that is largest item, taken. */
const MAX_LINE = 4 * 1024 * 1024;
/** Most failures told one by one; the rest are counted. */
const MAX_FAILURES = 1000;

/** Why one item was not taken. */
export interface ItemFailure {
  /** From 1. */
  readonly line: number;
  readonly id?: string;
  readonly reason: string;
}

/** What became of the items. Items are taken in batches of 500, each all or nothing in one transaction; a bad item is left out and told, the others of its batch go in. */
export interface ItemsReport {
  created: number;
  modified: number;
  unchanged: number;
  failed: number;
  readonly failures: ItemFailure[];
}

interface Numbered {
  readonly line: number;
  readonly product: Product;
}

/** Takes metadata-only STAC Items in bulk, one JSON document a line (NDJSON), streamed with flat memory. Sending the same items again changes nothing, so a cut upload is simply repeated. */
@Injectable()
export class IngestItems {
  constructor(private readonly store: ProductStore) {}

  async execute(body: Readable): Promise<ItemsReport> {
    const report: ItemsReport = { created: 0, modified: 0, unchanged: 0, failed: 0, failures: [] };
    let written = Promise.resolve();
    try {
      for await (const batch of batchesOf(body, report)) {
        // One batch is written while the next is read.
        await written;
        written = this.publish(batch, report);
        written.catch(() => undefined);
      }
    } finally {
      await written;
    }
    report.failures.sort((one, other) => one.line - other.line);
    return report;
  }

  /** A batch the store refuses is published one by one, so that only the bad ones stay out. */
  private async publish(batch: readonly Numbered[], report: ItemsReport): Promise<void> {
    if (batch.length === 0) return;
    const requestId = currentRequestId();
    const context = { source: 'acquisition', ...(requestId === undefined ? {} : { requestId }) };
    try {
      const outcomes = await this.store.publish(
        batch.map(({ product }) => product),
        context,
      );
      // Nothing is kept from acquisition.
      for (const { change } of outcomes) if (change !== 'kept') report[change] += 1;
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      const [first] = batch;
      if (batch.length === 1 && first !== undefined)
        return addFailure(report, { line: first.line, id: first.product.id, reason: error.message });
      for (const one of batch) await this.publish([one], report);
    }
  }
}

async function* batchesOf(body: Readable, report: ItemsReport): AsyncGenerator<readonly Numbered[]> {
  let batch: Numbered[] = [];
  let line = 0;
  for await (const text of splitLines(body, MAX_LINE)) {
    line += 1;
    const product = readLine(text, line, report);
    if (product !== undefined) batch.push({ line, product });
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

function readLine(text: string, line: number, report: ItemsReport): Product | undefined {
  if (text.trim() === '') return undefined;
  try {
    if (text.length > MAX_LINE) throw new InvalidError(`The item is longer than ${MAX_LINE} characters.`);
    const json: unknown = JSON.parse(text);
    if (isFeatureCollection(json))
      throw new InvalidError('This is a FeatureCollection: send its features, one Item a line.');
    const { product, files } = parseValidItem(json);
    if (files.size > 0)
      throw new InvalidError('Its assets are given by relative paths: send its folder, or give their addresses.');
    return { ...product, uuid: productUuid(product.collection, product.id), online: 'metadata-only' };
  } catch (error) {
    const reason = error instanceof DomainError ? error.message : 'This line is not JSON.';
    addFailure(report, { line, reason });
    return undefined;
  }
}

function isFeatureCollection(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'type' in json && json.type === 'FeatureCollection';
}

function addFailure(report: ItemsReport, failure: ItemFailure): void {
  report.failed += 1;
  if (report.failures.length < MAX_FAILURES) report.failures.push(failure);
}
