import { Injectable } from '@nestjs/common';
import { RECORDS } from '#domain/collection/record-collection.js';
import { ProductCatalog, type CollectionSummary } from '#domain/ports/product-catalog.js';
import type { Product } from '#domain/product/product.js';
import type { SharedRecord } from '#protocols/csw/compile-constraint.js';
import type { Mirror } from '#protocols/links/product-links.js';
import { collectionRecord, describeCollection, type CollectionFacts } from '#protocols/records/describe-collection.js';
import { productRecord } from '#protocols/records/describe-product.js';
import type { MetadataRecord } from '#protocols/records/metadata-record.js';
import { storedRecord } from '#protocols/records/stored-record.js';

/** What the catalogue holds, as records: a series for each collection with a product, and what products and published records say. */
export interface HeldRecords {
  readonly series: readonly MetadataRecord[];
  /** What the products of each collection have in common; a constraint on it is decided in memory. */
  readonly shared: readonly SharedRecord[];
  readonly collections: readonly string[];
  readonly hasPublished: boolean;
  recordOf(product: Product): MetadataRecord;
}

/** Gathers what is held, anew for each request: collections come into being by the first product. */
@Injectable()
export class KnownRecords {
  constructor(private readonly catalog: ProductCatalog) {}

  async of(mirror: Mirror): Promise<HeldRecords> {
    const held = (await this.catalog.collections()).filter(({ count }) => count > 0);
    const products = held.filter(({ collection }) => collection.id !== RECORDS);
    const facts = new Map(products.map(({ collection }) => [collection.id, describeCollection(collection, mirror)]));
    return {
      series: products.map((summary) => seriesRecord(summary, facts.get(summary.collection.id)!)),
      shared: [...facts.values()].map(sharedRecord),
      collections: [...facts.keys()],
      hasPublished: held.length > products.length,
      recordOf: (product) => {
        const of = facts.get(product.collection);
        return of === undefined ? storedRecord(product) : productRecord(product, of);
      },
    };
  }
}

/** The series says what is there rather than what there could be. */
function seriesRecord({ bbox, acquiredFrom, acquiredTo }: CollectionSummary, facts: CollectionFacts): MetadataRecord {
  const record = collectionRecord(facts);
  const start = acquiredFrom?.toISOString();
  const end = acquiredTo?.toISOString();
  return {
    ...record,
    ...(bbox === undefined ? {} : { bbox }),
    ...(start === undefined ? {} : { temporal: { start, ...(end === undefined ? {} : { end }) } }),
  };
}

/** A product of the collection without what is its own. Its parent may be named by id, short name or EOP identifier. */
function sharedRecord({ collection, identifier, shared, onlineResources }: CollectionFacts): SharedRecord {
  const record: MetadataRecord = {
    ...shared,
    id: '',
    type: 'dataset',
    relations: [identifier, collection.id, collection.shortName],
    dates: {},
    properties: {},
    onlineResources,
  };
  return { collection: collection.id, record };
}
