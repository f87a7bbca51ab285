import { RECORDS } from '#domain/collection/record-collection.js';
import { DeniedError } from '#domain/errors.js';
import type { Product } from '#domain/product/product.js';
import { writeCommonRecord } from '#protocols/csw/common-record.js';
import { invalidValue } from '#protocols/csw/csw-error.js';
import { cswQueryable } from '#protocols/csw/csw-queryables.js';
import { CSW_VERSIONS } from '#protocols/csw/csw-version.js';
import { RECORD_VERSIONS } from '#protocols/csw/record-version.js';
import { storedRecord } from '#protocols/records/stored-record.js';
import { searchable } from './publishable-records.js';

/** A property by the canonical name of its queryable, and its new value; without one it is taken away. */
export interface PropertyChange {
  readonly property: string;
  readonly value?: string;
}

/** A published record with some of its properties changed. What came in a schema of its own is from now on what the common record says. Throws for what cannot be set. */
export function changeRecord(product: Product, changes: readonly PropertyChange[]): Product {
  if (product.collection !== RECORDS) {
    throw new DeniedError(
      `${product.id} is a product, not a published record: its properties are what its producer says.`,
      { subject: 'RecordProperty' },
    );
  }
  const extra: Record<string, unknown> = { ...product.extra };
  for (const { property, value } of changes) {
    const stored = cswQueryable(property)?.stored;
    if (stored === undefined || stored === 'anytext')
      throw invalidValue(property, `The property ${property} cannot be set by itself.`);
    if (value === undefined) delete extra[stored];
    else extra[stored] = Array.isArray(extra[stored]) || stored === 'keywords' ? [value] : value;
  }
  const changed = { ...product, extra };
  const record = storedRecord(changed);
  const text = writeCommonRecord(record, RECORD_VERSIONS['2.0.2'], 'full').text;
  return searchable(
    { ...changed, extra: { ...extra, record: text, recordSchema: CSW_VERSIONS['2.0.2'].namespace } },
    record,
  );
}
