import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { ConflictError } from '#domain/errors.js';
import type { ProductStore } from '#domain/ports/product-store.js';
import type { Product } from '#domain/product/product.js';
import { testProduct } from './catalogue-products.js';

interface Write {
  readonly at: number;
  readonly remove: boolean;
  readonly value: number;
}

/** What one writer does: transactions of one or several writes with pauses between, short and long. */
type WriterPlan = readonly { readonly writes: readonly Write[]; readonly pauseMs: number }[];

const PLAIN = 6;
const write = (from: number, to: number) =>
  fc.record({ at: fc.integer({ min: from, max: to }), remove: fc.boolean(), value: fc.integer({ min: 0, max: 99 }) });

/** Several writers on the same few products: some transactions of many writes, in the order of keys; others of one, which links processings of a scene. */
export const writerPlans: fc.Arbitrary<readonly WriterPlan[]> = fc.array(
  fc.array(
    fc.record({
      writes: fc.oneof(
        fc.array(write(0, PLAIN - 1), { minLength: 1, maxLength: 5 }),
        fc.array(write(PLAIN, PLAIN + 3), { minLength: 1, maxLength: 1 }),
      ),
      pauseMs: fc.constantFrom(0, 0, 1, 5, 30),
    }),
    { minLength: 1, maxLength: 8 },
  ),
  { minLength: 2, maxLength: 4 },
);

/** Where a plan is carried out. */
export interface WrittenTo {
  readonly store: ProductStore;
  transaction(work: () => Promise<void>): Promise<void>;
}

/** Carries out a plan. */
export async function runWriter(
  plan: WriterPlan,
  to: WrittenTo,
  collections: readonly [string, string] = ['a', 'b'],
): Promise<void> {
  for (const { writes, pauseMs } of plan) {
    const work = async () => {
      for (const each of writes.toSorted((a, b) => a.at - b.at)) {
        await carryOut(each, to.store, collections);
        await sleep(pauseMs);
      }
    };
    // Two that keep colliding give up, as they may.
    await to.transaction(work).catch((error: unknown) => {
      if (!(error instanceof ConflictError)) throw error;
    });
  }
}

async function carryOut(
  { at, remove, value }: Write,
  store: ProductStore,
  collections: readonly [string, string],
): Promise<void> {
  const product = productAt(at, value, collections[at % 2 === 0 ? 0 : 1]);
  if (remove) await store.remove(product, 'Obsolete product or Other', { source: 'test' });
  else await store.publish([product], { source: 'test' });
}

function productAt(at: number, cloudCover: number, collection: string): Product {
  return testProduct(`product-${at}`, {
    collection,
    properties: { cloudCover },
    ...(at < PLAIN ? {} : { scene: { id: `scene-${at % 2}`, version: `${cloudCover}` } }),
  });
}
