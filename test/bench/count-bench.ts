import type { PostgresProductCatalog } from '#adapters/postgres/postgres-product-catalog.js';
import type { CatalogQuery } from '#domain/catalog/catalog-query.js';

/** Prints for each search what counting adds to it, how far the count is from the truth, and whether it says that it is an estimate. */
export async function printCounts(
  catalog: PostgresProductCatalog,
  shapes: Readonly<Record<string, () => CatalogQuery>>,
  rounds: number,
): Promise<void> {
  console.log(
    '\n| counted searches | uncounted, p50 ms | counted, p50 ms | ratio | exact | matched | error of estimates |',
  );
  console.log('|---|---:|---:|---:|---:|---:|---:|');
  for (const [name, shape] of Object.entries(shapes)) {
    const [plain, counted, errors]: number[][] = [[], [], []];
    let [exact, matched] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      const query = shape();
      await catalog.search(query);
      plain!.push(await time(() => catalog.search(query)));
      counted!.push(await time(() => catalog.search({ ...query, count: 'auto' })));
      const told = (await catalog.search({ ...query, count: 'auto' })).matched!;
      matched += told.value / rounds;
      exact += told.exact ? 1 : 0;
      if (!told.exact && errors!.length < 5) {
        const truth = (await catalog.search({ ...query, count: 'exact' })).matched!.value;
        errors!.push(Math.abs(told.value - truth) / Math.max(truth, 1));
      }
    }
    const error = errors!.length === 0 ? '' : `${(median(errors!) * 100).toFixed(0)} %`;
    const ratio = (median(counted!) / median(plain!)).toFixed(2);
    console.log(
      `| ${name} | ${median(plain!).toFixed(1)} | ${median(counted!).toFixed(1)} | ${ratio} | ${exact} of ${rounds} | ${matched.toFixed(0)} | ${error} |`,
    );
  }
}

async function time(search: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await search();
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
