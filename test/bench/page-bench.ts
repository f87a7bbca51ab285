import type { PostgresProductCatalog } from '#adapters/postgres/postgres-product-catalog.js';
import type { CatalogQuery } from '#domain/catalog/catalog-query.js';

type Shape = Omit<CatalogQuery, 'page'>;

const PAGE = 10_000;

/** Results long enough to have a page 10 000, and how they are asked for. */
const SHAPES: Readonly<Record<string, Shape>> = {
  everything: {},
  collection: { collections: ['sentinel-2-l1c'] },
  'collection + cloud < 80': {
    collections: ['sentinel-2-l1c'],
    filter: { op: 'lt', property: 'cloudCover', value: 80 },
  },
  'cloud < 80': { filter: { op: 'lt', property: 'cloudCover', value: 80 } },
  'everything, by published': { sort: [{ property: 'published', direction: 'desc' }] },
  'collection, by published': {
    collections: ['sentinel-2-l1c'],
    sort: [{ property: 'published', direction: 'asc' }],
  },
  'collection, clearest first': {
    collections: ['sentinel-2-l1c'],
    sort: [{ property: 'cloudCover', direction: 'asc' }],
  },
};

/** Prints page 1 and page 10 000 of each: the first jump there, then page after page from there on. Pages shrink where a result has no 10 000 of them. */
export async function printPages(catalog: PostgresProductCatalog, rounds: number): Promise<void> {
  console.log(
    '\n| numbered pages | rows a page | page 1, p50 ms | first jump ms | page 10 000 and on, p50 ms | ratio |',
  );
  console.log('|---|---:|---:|---:|---:|---:|');
  for (const [name, shape] of Object.entries(SHAPES)) {
    const matched = (await catalog.search({ ...shape, count: 'exact', page: { kind: 'keyset', limit: 0 } })).matched;
    for (const limit of [20, 50]) {
      const offset = Math.min((PAGE - 1) * limit, Math.floor((matched?.value ?? 0) * 0.9));
      const read = (at: number) => catalog.search({ ...shape, page: { kind: 'number', limit, offset: at } });
      for (let warm = 0; warm < 3; warm++) await read(0);
      const first = await times(rounds, () => read(0));
      const [jump = 0] = await times(1, () => read(offset));
      const deep = await times(rounds, (round) => read(offset + round * limit));
      const ratio = (median(deep) / median(first)).toFixed(2);
      console.log(
        `| ${name}, at row ${offset} | ${limit} | ${median(first).toFixed(1)} | ${jump.toFixed(0)} | ${median(deep).toFixed(1)} | ${ratio} |`,
      );
    }
  }
}

async function times(rounds: number, search: (round: number) => Promise<unknown>): Promise<number[]> {
  const all: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await search(round);
    all.push(performance.now() - started);
  }
  return all;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
