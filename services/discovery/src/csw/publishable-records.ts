import { RECORDS, RECORD_COLLECTION } from '#domain/collection/record-collection.js';
import { InvalidError } from '#domain/errors.js';
import type { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { ProductStore } from '#domain/ports/product-store.js';
import type { Product } from '#domain/product/product.js';
import { invalidValue } from '#protocols/csw/csw-error.js';
import { searchText } from '#protocols/csw/search-text.js';
import { findRecords, readRecord } from '#protocols/records/find-records.js';
import type { MetadataRecord } from '#protocols/records/metadata-record.js';
import { recordToProduct } from '#protocols/records/record-product.js';
import type { XmlElement } from '#protocols/xml/xml-element.js';

/** A record with the product it is kept as. */
export interface PublishableRecord {
  readonly record: MetadataRecord;
  readonly product: Product;
}

/** Every record of a document as what it is kept as. Throws InvalidParameterValue where there is none, or one is wrong. */
export function readPublishable(element: XmlElement, locator: string): readonly PublishableRecord[] {
  const found = findRecords(element);
  if (found.length === 0)
    throw invalidValue(locator, `${element.qname.slice(0, 100)} is no record of a schema that is known here.`);
  return found.map((each) => {
    try {
      const record = readRecord(each);
      return { record, product: searchable(recordToProduct(record, { xml: each.xml, schema: each.schema }), record) };
    } catch (error) {
      throw error instanceof InvalidError ? invalidValue(error.subject ?? locator, error.message) : error;
    }
  });
}

/** A published record with what it is searched by. */
export function searchable(product: Product, record: MetadataRecord): Product {
  if (product.collection !== RECORDS) return product;
  return { ...product, extra: { ...product.extra, ...searchText(record) } };
}

/** The collection of published records comes into being with the first of them. */
export async function registerRecords(
  products: readonly Product[],
  catalog: ProductCatalog,
  store: ProductStore,
): Promise<void> {
  const isNeeded = products.some(({ collection }) => collection === RECORDS);
  if (isNeeded && (await catalog.collection(RECORDS)) === undefined) await store.registerCollection(RECORD_COLLECTION);
}
