import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConflictError, InvalidError, PreconditionFailedError } from '#domain/errors.js';
import type { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { ProductStore } from '#domain/ports/product-store.js';
import type { Product } from '#domain/product/product.js';
import { testCollection, testProduct } from '#test/support/catalogue-products.js';
import type { StartedCatalogue } from './product-store.contract.js';

const CONTEXT = { source: 'test' };
const CAUSE = 'Obsolete product or Other';

/** What the ProductStore port promises those who say what they have seen. */
export function productExpectationsContract(name: string, start: () => Promise<StartedCatalogue>): void {
  describe(`ProductStore expectations contract: ${name}`, () => {
    let started: StartedCatalogue;
    let store: ProductStore;
    let catalog: ProductCatalog;
    beforeAll(async () => {
      started = await start();
      ({ store, catalog } = started);
    }, 180_000);
    afterAll(() => started?.stop());
    beforeEach(() => started.takeEvents());

    const cloudy = (product: Product, cloudCover: number): Product => ({ ...product, properties: { cloudCover } });
    const expecting = ({ collection, id }: Product, revision: string | null) => ({
      ...CONTEXT,
      expected: [{ collection, id, revision }],
    });
    const revisionOf = async (product: Product) => (await catalog.find(product))?.revision ?? '';
    const write = async (product: Product, revision: string | null) =>
      (await store.publish([product], expecting(product, revision)))[0]?.change;

    it('creates only what is not there', async () => {
      const product = testProduct('new');
      expect(await write(product, null)).toBe('created');
      await started.takeEvents();
      await expect(write(product, null)).rejects.toThrow(PreconditionFailedError);
      await expect(write(cloudy(product, 1), null)).rejects.toThrow('new of a exists already');
      expect(await started.takeEvents()).toEqual([]);
    });

    it('changes and removes only what is as it was seen', async () => {
      const product = testProduct('seen');
      await store.publish([product], CONTEXT);
      const first = await revisionOf(product);
      expect(await write(product, first)).toBe('unchanged');
      expect(await write(cloudy(product, 1), first)).toBe('modified');
      const second = await revisionOf(product);
      expect(second).not.toBe(first);
      for (const stale of [first, 'nonsense'])
        await expect(write(cloudy(product, 2), stale)).rejects.toThrow(PreconditionFailedError);
      await expect(store.remove(product, CAUSE, expecting(product, first))).rejects.toThrow(PreconditionFailedError);
      expect((await catalog.find(product))?.properties).toEqual({ cloudCover: 1 });
      expect(await store.remove(product, CAUSE, expecting(product, second))).toBe(true);
      await expect(write(product, second)).rejects.toThrow(PreconditionFailedError);
    });

    it('writes nothing of a batch one of which is otherwise', async () => {
      const [old, fresh] = [testProduct('batch-old'), testProduct('batch-fresh')];
      await store.publish([old], CONTEXT);
      const expected = [old, fresh].map(({ collection, id }) => ({ collection, id, revision: null }));
      await expect(store.publish([fresh, old], { ...CONTEXT, expected })).rejects.toThrow(/batch-old/);
      expect(await catalog.find(fresh)).toBeUndefined();
    });

    it('lets exactly one of several change what all have seen', async () => {
      for (let round = 0; round < 5; round++) {
        const product = testProduct(`raced-${round}`);
        await store.publish([product], CONTEXT);
        const seen = await revisionOf(product);
        const ends = await Promise.allSettled([1, 2, 3, 4].map((cloud) => write(cloudy(product, cloud), seen)));
        const won = ends.flatMap((end, at) => (end.status === 'fulfilled' ? [at + 1] : []));
        const lost = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
        expect(won).toHaveLength(1);
        expect(lost.every((error) => error instanceof PreconditionFailedError)).toBe(true);
        expect((await catalog.find(product))?.properties['cloudCover']).toBe(won[0]);
      }
    });

    it('lets exactly one of several create, also of the same content', async () => {
      for (let round = 0; round < 5; round++) {
        const product = testProduct(`created-${round}`);
        const ends = await Promise.allSettled([1, 1, 2, 3].map((cloud) => write(cloudy(product, cloud), null)));
        expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      }
    });

    it('refuses to touch bytes where it is asked to, also those that arrive at the same moment', async () => {
      const content = { key: 'k', fileName: 'f', mediaType: 'application/zip', size: 1, digests: [] };
      const careful = { ...CONTEXT, refuseHeld: true };
      const held = testProduct('bytes', { content });
      await store.publish([held], CONTEXT);
      await expect(store.publish([testProduct('bytes')], careful)).rejects.toThrow(ConflictError);
      await expect(store.remove(held, CAUSE, careful)).rejects.toThrow(ConflictError);
      for (let round = 0; round < 5; round++) {
        const product = testProduct(`bytes-${round}`, { content });
        const { content: _content, ...bare } = product;
        await Promise.allSettled([store.publish([product], CONTEXT), store.publish([cloudy(bare, 1)], careful)]);
        expect((await catalog.find(product))?.content).toEqual(content);
      }
    });

    it('changes and removes collections as they were seen, and none that has products', async () => {
      const collection = testCollection('guarded');
      await store.registerCollection(collection, null);
      await expect(store.registerCollection(collection, null)).rejects.toThrow(PreconditionFailedError);
      const seen = (await catalog.collection('guarded'))?.revision ?? '';
      await store.registerCollection({ ...collection, title: 'new' }, seen);
      await expect(store.registerCollection(collection, seen)).rejects.toThrow(PreconditionFailedError);
      await expect(store.removeCollection('guarded', seen)).rejects.toThrow(PreconditionFailedError);
      const product = testProduct('of-guarded', { collection: 'guarded' });
      await store.publish([product], CONTEXT);
      await expect(store.removeCollection('guarded')).rejects.toThrow(ConflictError);
      await store.remove(product, CAUSE, CONTEXT);
      expect(await store.removeCollection('guarded', (await catalog.collection('guarded'))?.revision)).toBe(true);
      expect(await store.removeCollection('guarded')).toBe(false);
      await expect(store.publish([product], CONTEXT)).rejects.toThrow(InvalidError);
    });

    it('adds a collection only where there is none, whoever else writes it at the same moment', async () => {
      for (let round = 0; round < 20; round++) {
        const collection = testCollection(`raced-${round}`);
        const mine = store.registerCollection({ ...collection, title: 'expecting none' }, null);
        await Promise.allSettled([mine, store.registerCollection({ ...collection, title: 'any' })]);
        expect((await catalog.collection(collection.id))?.collection.title).toBe('any');
      }
    });

    it('never leaves a product in a collection that went at the same moment', async () => {
      for (let round = 0; round < 5; round++) {
        const id = `fleeting-${round}`;
        await store.registerCollection(testCollection(id));
        const product = testProduct('of-fleeting', { collection: id });
        await Promise.allSettled([store.publish([product], CONTEXT), store.removeCollection(id)]);
        const hasProduct = (await catalog.find(product)) !== undefined;
        expect((await catalog.collection(id)) !== undefined).toBe(hasProduct);
      }
    });
  });
}
