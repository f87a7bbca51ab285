import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CatalogQuery } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import { CatalogCursors } from './catalog-cursor.js';

const cursors = new CatalogCursors('secret');
const QUERY: CatalogQuery = {
  collections: ['a'],
  filter: { op: 'lt', property: 'cloudCover', value: 20 },
  page: { kind: 'keyset', limit: 10 },
};
const PLACE = { forward: true, values: [12.5, '2024-01-01T00:00:00.000Z', 'a', 'id'] };

function refuses(cursor: string, query: CatalogQuery = QUERY): void {
  expect(() => cursors.read(cursor, query)).toThrow(InvalidError);
  expect(() => cursors.read(cursor, query)).toThrow(expect.objectContaining({ subject: 'cursor' }));
}

describe('CatalogCursors', () => {
  it('gives a place back, also for another page size and count', () => {
    const cursor = cursors.write(PLACE, QUERY);
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(cursors.read(cursor, QUERY)).toEqual(PLACE);
    expect(cursors.read(cursor, { ...QUERY, page: { kind: 'keyset', limit: 99 }, count: 'exact' })).toEqual(PLACE);
  });

  it('gives any place back', () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constant(null),
    );
    fc.assert(
      fc.property(fc.boolean(), fc.array(value, { maxLength: 8 }), (forward, values) => {
        const plain = values.map((each) => (Object.is(each, -0) ? 0 : each));
        expect(cursors.read(cursors.write({ forward, values: plain }, QUERY), QUERY)).toEqual({
          forward,
          values: plain,
        });
      }),
    );
  });

  it('refuses a cursor of another query, order or mirror', () => {
    const cursor = cursors.write(PLACE, QUERY);
    refuses(cursor, { ...QUERY, collections: ['b'] });
    refuses(cursor, { ...QUERY, sort: [{ property: 'id', direction: 'asc' }] });
    refuses(cursor, { ...QUERY, filter: { op: 'lt', property: 'cloudCover', value: 21 } });
    refuses(cursor, { ...QUERY, latestOnly: true });
    refuses(new CatalogCursors('other').write(PLACE, QUERY));
  });

  it('refuses any change of a byte, and rubbish', () => {
    const bytes = Buffer.from(cursors.write(PLACE, QUERY), 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const forged = Buffer.from(bytes);
      forged[at]! ^= 1;
      refuses(forged.toString('base64url'));
    }
    for (const rubbish of ['', 'next:a:b', '…', 'A'.repeat(100_000)]) refuses(rubbish);
  });
});
