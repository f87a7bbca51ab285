import { describe, expect, it } from '@jest/globals';
import type { CatalogQuery } from '#domain/catalog/catalog-query.js';
import { PAGE_COLUMNS } from './compile-catalog-pages.js';
import { compileCatalogQuery } from './compile-catalog-query.js';

const PAGE = { kind: 'keyset', limit: 10 } as const;
const DAY_MS = 86_400_000;

/** The statements without the select list, which is the same in all. */
function compiled(query: Partial<CatalogQuery>, place?: { forward: boolean; values: unknown[] }) {
  const options = { longestMs: DAY_MS, now: new Date('2026-11-21Z') };
  const statements = compileCatalogQuery({ page: PAGE, ...query }, options);
  return [...statements.pagesAfter(place), statements.count].map(({ text, parameters }) => ({
    text: text.replace(PAGE_COLUMNS, '…'),
    parameters: parameters.map((each) => (Buffer.isBuffer(each) ? each.toString('hex') : each)),
  }));
}

describe('compileCatalogQuery', () => {
  it('asks for everything, newest first', () => {
    expect(compiled({})).toMatchInlineSnapshot(`
     [
       {
         "parameters": [
           "2026-01-01T00:00:00.000Z",
         ],
         "text": "select … from catalogue.product p where true and p.acquired_from >= $1::timestamptz order by p.acquired_from desc, p.collection desc, p.id desc limit $2::bigint",
       },
       {
         "parameters": [
           "2024-01-01T00:00:00.000Z",
           "2026-01-01T00:00:00.000Z",
         ],
         "text": "select … from catalogue.product p where true and p.acquired_from >= $1::timestamptz and p.acquired_from < $2::timestamptz order by p.acquired_from desc, p.collection desc, p.id desc limit $3::bigint",
       },
       {
         "parameters": [
           "2020-01-01T00:00:00.000Z",
           "2024-01-01T00:00:00.000Z",
         ],
         "text": "select … from catalogue.product p where true and p.acquired_from >= $1::timestamptz and p.acquired_from < $2::timestamptz order by p.acquired_from desc, p.collection desc, p.id desc limit $3::bigint",
       },
       {
         "parameters": [
           "2020-01-01T00:00:00.000Z",
         ],
         "text": "select … from catalogue.product p where true and p.acquired_from < $1::timestamptz order by p.acquired_from desc, p.collection desc, p.id desc limit $2::bigint",
       },
       {
         "parameters": [],
         "text": "select count(*) as n from catalogue.product p where true",
       },
     ]
    `);
  });

  it('compiles area, time and clouds of one collection', () => {
    const query: Partial<CatalogQuery> = {
      collections: ['sentinel-2-l2a'],
      filter: {
        op: 'and',
        args: [
          { op: 'spatial', relation: 'intersects', geometry: { type: 'Point', coordinates: [10, 50] } },
          {
            op: 'temporal',
            relation: 'overlaps',
            interval: { start: new Date('2024-05-01Z'), end: new Date('2024-06-01Z') },
          },
          { op: 'lt', property: 'cloudCover', value: '20' },
        ],
      },
    };
    expect(compiled(query)).toMatchInlineSnapshot(`
     [
       {
         "parameters": [
           "sentinel-2-l2a",
           "0101000020e610000000000000000024400000000000004940",
           "2024-05-01T00:00:00.000Z",
           "2024-04-30T00:00:00.000Z",
           "2024-06-01T00:00:00.000Z",
           20,
         ],
         "text": "select … from catalogue.product p where p.collection = $1::text and ((st_intersects(p.footprint, $2::bytea::geometry)) and (p.acquired_to + interval '0' >= $3::timestamptz and p.acquired_from >= $4::timestamptz and p.acquired_from <= $5::timestamptz) and (p.cloud_cover < $6::double precision)) order by p.acquired_from desc, p.collection desc, p.id desc limit $7::bigint",
       },
       {
         "parameters": [
           "sentinel-2-l2a",
           "0101000020e610000000000000000024400000000000004940",
           "2024-05-01T00:00:00.000Z",
           "2024-04-30T00:00:00.000Z",
           "2024-06-01T00:00:00.000Z",
           20,
         ],
         "text": "select count(*) as n from catalogue.product p where p.collection = $1::text and ((st_intersects(p.footprint, $2::bytea::geometry)) and (p.acquired_to + interval '0' >= $3::timestamptz and p.acquired_from >= $4::timestamptz and p.acquired_from <= $5::timestamptz) and (p.cloud_cover < $6::double precision))",
       },
     ]
    `);
  });

  it('goes on after a place with one range of the index', () => {
    const place = { forward: true, values: ['2024-01-01T00:00:00.000Z', 'a', 'id'] };
    expect(compiled({}, place)[0]).toMatchInlineSnapshot(`
     {
       "parameters": [
         "2024-01-01T00:00:00.000Z",
         "a",
         "id",
         "2024-01-01T00:00:00.000Z",
         "2025-01-01T00:00:00.000Z",
       ],
       "text": "select … from catalogue.product p where true and ((p.acquired_from, p.collection, p.id) <= ($1::timestamptz, $2::text, $3::text) and (p.collection, p.id) <> ($2::text, $3::text)) and p.acquired_from >= $4::timestamptz and p.acquired_from < $5::timestamptz order by p.acquired_from desc, p.collection desc, p.id desc limit $6::bigint",
     }
    `);
    expect(compiled({}, { ...place, forward: false })[0]).toMatchInlineSnapshot(`
     {
       "parameters": [
         "2024-01-01T00:00:00.000Z",
         "a",
         "id",
         "2024-01-01T00:00:00.000Z",
       ],
       "text": "select … from catalogue.product p where true and ((p.acquired_from, p.collection, p.id) >= ($1::timestamptz, $2::text, $3::text) and (p.collection, p.id) <> ($2::text, $3::text)) and p.acquired_from >= $4::timestamptz order by p.acquired_from asc, p.collection asc, p.id asc limit $5::bigint",
     }
    `);
  });

  it('reads present values by their index, then absent ones', () => {
    const sort = [{ property: 'cloudCover', direction: 'desc' }] as const;
    expect(compiled({ sort })).toMatchInlineSnapshot(`
     [
       {
         "parameters": [],
         "text": "select … from catalogue.product p where true and p.cloud_cover is not null order by p.cloud_cover desc, p.acquired_from desc, p.collection desc, p.id desc limit $1::bigint",
       },
       {
         "parameters": [],
         "text": "select … from catalogue.product p where true and p.cloud_cover is null order by p.acquired_from desc, p.collection desc, p.id desc limit $1::bigint",
       },
       {
         "parameters": [],
         "text": "select count(*) as n from catalogue.product p where true",
       },
     ]
    `);
    expect(compiled({ sort }, { forward: true, values: [null, '2024-01-01T00:00:00.000Z', 'a', 'id'] })).toHaveLength(
      2,
    );
    expect(compiled({ sort, filter: { op: 'lt', property: 'cloudCover', value: 1 } })).toHaveLength(2);
  });

  it('reads newest first in growing spans of years where the filter says nothing of time', () => {
    const filter = { op: 'eq', property: 'tile', value: '32UPC' } as const;
    const spans = compiled({ filter }).map(({ text, parameters }) => [
      text.replace(/^.*where|order by.*$/g, ''),
      parameters,
    ]);
    expect(spans).toMatchInlineSnapshot(`
     [
       [
         " (p.tile = $1::text) and p.acquired_from >= $2::timestamptz ",
         [
           "32UPC",
           "2026-01-01T00:00:00.000Z",
         ],
       ],
       [
         " (p.tile = $1::text) and p.acquired_from >= $2::timestamptz and p.acquired_from < $3::timestamptz ",
         [
           "32UPC",
           "2024-01-01T00:00:00.000Z",
           "2026-01-01T00:00:00.000Z",
         ],
       ],
       [
         " (p.tile = $1::text) and p.acquired_from >= $2::timestamptz and p.acquired_from < $3::timestamptz ",
         [
           "32UPC",
           "2020-01-01T00:00:00.000Z",
           "2024-01-01T00:00:00.000Z",
         ],
       ],
       [
         " (p.tile = $1::text) and p.acquired_from < $2::timestamptz ",
         [
           "32UPC",
           "2020-01-01T00:00:00.000Z",
         ],
       ],
       [
         " (p.tile = $1::text)",
         [
           "32UPC",
         ],
       ],
     ]
    `);
    expect(compiled({ filter, ids: ['a'] })).toHaveLength(2);
    expect(compiled({ filter, sort: [{ property: 'acquiredFrom', direction: 'asc' }] })).toHaveLength(2);
  });

  it('cuts at the antimeridian what runs across it', () => {
    const coordinates: [number, number][][] = [
      [
        [170, 0],
        [-170, 0],
        [-170, 5],
        [170, 5],
        [170, 0],
      ],
    ];
    const filter = { op: 'spatial', relation: 'within', geometry: { type: 'Polygon', coordinates } } as const;
    expect(compiled({ filter }).at(-1)).toMatchInlineSnapshot(`
     {
       "parameters": [
         "0103000020e61000000100000005000000000000000040654000000000000000000000000000c0674000000000000000000000000000c0674000000000000014400000000000406540000000000000144000000000004065400000000000000000",
       ],
       "text": "select count(*) as n from catalogue.product p where (st_within(p.footprint, st_wrapx(st_wrapx(st_wrapx(st_wrapx($1::bytea::geometry, 540, -720), 180, -360), -540, 720), -180, 360)))",
     }
    `);
  });

  it('never puts a value into the text', () => {
    const hostile = `x'); drop table catalogue.product; --`;
    const statements = compiled({
      collections: [hostile],
      ids: [hostile, 'b'],
      filter: {
        op: 'or',
        args: [
          { op: 'eq', property: 'platform', value: hostile, caseInsensitive: true },
          { op: 'eq', property: `extra:${hostile}`, value: hostile },
          { op: 'like', property: 'id', pattern: hostile },
          { op: 'text', text: hostile },
          { op: 'in', property: 'tile', values: [hostile] },
        ],
      },
    });
    for (const { text } of statements) expect(text).not.toMatch(/drop|x'/);
  });
});
