import { createHmac, timingSafeEqual } from 'node:crypto';
import { InvalidError } from '#domain/errors.js';
import type { CatalogQuery } from '#domain/catalog/catalog-query.js';
import type { OrderKey } from './catalog-sort.js';
import { queryHash } from './query-hash.js';

/** A place in an order: the sort values of the row there (also where it has since been deleted), and which way to go on. */
export interface CursorPlace {
  readonly forward: boolean;
  /** One per key of the total order, as PostgreSQL takes them back; instants as ISO text. */
  readonly values: readonly unknown[];
}

const MAC_BYTES = 16;
const MAX_LENGTH = 4_096;

/** The place after a row, which holds the keys of the order; before it where `forward` is false. */
export function placeAt(
  row: Readonly<Record<string, unknown>>,
  order: readonly OrderKey[],
  forward: boolean,
): CursorPlace {
  const values = order.map(({ column }) => row[column.name] ?? null);
  return { forward, values: values.map((value) => (value instanceof Date ? value.toISOString() : value)) };
}

/** Makes and reads the opaque cursors of keyset paging: signed, and good for the query they were made for only. */
export class CatalogCursors {
  private readonly secret: string;

  constructor(secret: string) {
    this.secret = secret;
  }

  write(place: CursorPlace, query: CatalogQuery): string {
    const body = Buffer.from(JSON.stringify([place.forward ? 1 : 0, ...place.values]));
    return Buffer.concat([this.sign(body, query), body]).toString('base64url');
  }

  /** Throws InvalidError (subject `cursor`) for one this mirror did not make for this query. */
  read(cursor: string, query: CatalogQuery): CursorPlace {
    const bytes = Buffer.from(cursor.slice(0, MAX_LENGTH), 'base64url');
    const [mac, body] = [bytes.subarray(0, MAC_BYTES), bytes.subarray(MAC_BYTES)];
    if (mac.length < MAC_BYTES || !timingSafeEqual(mac, this.sign(body, query))) {
      throw new InvalidError('The cursor was not made for this query here; start again from the first page.', {
        subject: 'cursor',
      });
    }
    const [forward, ...values] = JSON.parse(body.toString()) as unknown[];
    return { forward: forward === 1, values };
  }

  private sign(body: Uint8Array, query: CatalogQuery): Buffer {
    const hmac = createHmac('sha256', this.secret).update(queryHash(query)).update(body);
    return hmac.digest().subarray(0, MAC_BYTES);
  }
}
