import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConflictError, InvalidError } from '#domain/errors.js';
import type { DomainEvent } from '#domain/event/event.js';
import type { ProductEventData } from '#domain/event/product-events.js';
import type { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { ProductStore } from '#domain/ports/product-store.js';
import type { Product } from '#domain/product/product.js';
import { testBox, testCollection, testProduct } from '#test/support/catalogue-products.js';

/** A catalogue to be held to its contracts: collections `a` and `b`, both sides, the events it raised, and its end. */
export interface StartedCatalogue {
  readonly store: ProductStore;
  readonly catalog: ProductCatalog;
  /** Hands over the events raised since the last call. */
  takeEvents(): Promise<readonly DomainEvent<ProductEventData>[]>;
  /** Maintenance, to be done at any time without anybody noticing. */
  maintain(): Promise<void>;
  /** Changes with every row of the catalogue that is inserted, updated, deleted or locked. */
  fingerprint(): Promise<string>;
  stop(): Promise<void>;
}

const CONTEXT = { source: 'test', requestId: 'request-1' };

/** A product with every kind of value there is. */
const FULL: Product = testProduct('S2A_FULL', {
  geometry: {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [179.123456789012, 10],
          [180, 10],
          [180, 11],
          [179.123456789012, 10],
        ],
      ],
      [
        [
          [-180, 10],
          [-179, 10.5],
          [-180, 11],
          [-180, 10],
        ],
      ],
    ],
  },
  acquiredFrom: new Date('2024-02-29T23:59:59.999Z'),
  acquiredTo: new Date('2024-03-01T00:00:01.001Z'),
  properties: {
    platform: 'sentinel-2a',
    cloudCover: 12.345678901234567,
    absoluteOrbit: 34445,
    processed: new Date('2024-03-01T03:04:05.678Z'),
    polarisations: ['VV', 'VH'],
  },
  extra: { 's2:x': { nested: [1, null, 'ü😀'] }, keywords: ['a'] },
  assets: {
    product: {
      location: { key: 'k', offset: 0 },
      roles: ['archive'],
      size: 5_000_000_000,
      fields: { 'proj:shape': [1, 2] },
    },
  },
  online: 'online',
  content: { key: 'k', fileName: 'f.zip', mediaType: 'application/zip', size: 5_000_000_000, digests: [] },
  scene: { id: 'FULL', version: '04.00' },
});

/** Every promise of the ProductStore port. */
export function productStoreContract(name: string, start: () => Promise<StartedCatalogue>): void {
  describe(`ProductStore contract: ${name}`, () => {
    let started: StartedCatalogue;
    let store: ProductStore;
    let catalog: ProductCatalog;
    beforeAll(async () => {
      started = await start();
      ({ store, catalog } = started);
    }, 180_000);
    afterAll(() => started?.stop());
    beforeEach(() => started.takeEvents());

    const publish = async (...products: Product[]) =>
      (await store.publish(products, CONTEXT)).map(({ change }) => change);
    const changes = async () => (await started.takeEvents()).map(({ data }) => `${data.change} ${data.id}`);

    it('gives a product back exactly as it was published', async () => {
      expect(await publish(FULL)).toEqual(['created']);
      const { published, updated, revision, ...found } = (await catalog.find(FULL))!;
      expect(found).toEqual(FULL);
      expect(revision).toMatch(/^[0-9a-f]{64}$/);
      expect(Math.abs(published!.getTime() - Date.now())).toBeLessThan(60_000);
      expect(updated).toEqual(published);
    });

    it('raises one event per change, with who caused it', async () => {
      const product = testProduct('event');
      await publish(product);
      const [event, ...more] = await started.takeEvents();
      expect(more).toEqual([]);
      expect(event).toMatchObject({
        type: 'frombork.product.published',
        subject: 'a/event',
        source: 'test',
        requestId: 'request-1',
        data: { uuid: product.uuid, collection: 'a', id: 'event', change: 'created' },
      });
      await publish({ ...product, properties: { cloudCover: 1 } });
      expect(await changes()).toEqual(['modified event']);
      expect(await store.remove(product, 'Duplicated product', CONTEXT)).toBe(true);
      expect((await started.takeEvents()).map(({ type, data }) => [type, data.change])).toEqual([
        ['frombork.product.deleted', 'deleted'],
      ]);
    });

    it('writes nothing and raises nothing for what is unchanged', async () => {
      const product = testProduct('same', { properties: { cloudCover: 5, platform: 'x' } });
      await publish(product);
      await started.takeEvents();
      const before = await started.fingerprint();
      const reordered = { ...product, properties: { platform: 'x', cloudCover: 5 } };
      expect(await publish(reordered)).toEqual(['unchanged']);
      expect(await started.takeEvents()).toEqual([]);
      expect(await started.fingerprint()).toBe(before);
    });

    it('keeps the first publication and moves the last change', async () => {
      const product = testProduct('times');
      await publish(product);
      const first = await catalog.find(product);
      await publish({ ...product, acquiredFrom: new Date('2019-01-01Z'), acquiredTo: new Date('2019-01-02Z') });
      const second = await catalog.find(product);
      expect(second?.published).toEqual(first?.published);
      expect(second!.updated!.getTime()).toBeGreaterThanOrEqual(first!.updated!.getTime());
      expect(second?.acquiredFrom).toEqual(new Date('2019-01-01Z'));
      expect(
        (await catalog.search({ ids: ['times'], page: { kind: 'number', limit: 9, offset: 0 } })).products,
      ).toHaveLength(1);
    });

    it('writes a product given twice in one call in order', async () => {
      const product = testProduct('twice');
      expect(await publish(product, { ...product, properties: { cloudCover: 2 } })).toEqual(['created', 'modified']);
      expect((await catalog.find(product))?.properties).toEqual({ cloudCover: 2 });
    });

    it('refuses what cannot be catalogued, naming it, and writes nothing of the batch', async () => {
      const good = testProduct('good');
      const bad: Product[] = [
        testProduct('bad', { collection: 'unknown' }),
        testProduct('bad', { properties: { cloudCover: 'much' } }),
        testProduct('bad', { properties: { absoluteOrbit: 1.5 } }),
        testProduct('bad', { properties: { 'eo:cloud_cover': 1 } }),
        testProduct('bad', { extra: { note: 'a\0b' } }),
        testProduct('bad', { extra: { note: '\ud800' } }),
        testProduct('bad', { acquiredTo: new Date('2000-01-01Z') }),
        testProduct('bad', { acquiredFrom: new Date(Number.NaN) }),
        testProduct('bad', { geometry: testBox(170, 0, 190, 1) }),
        testProduct('bad', { geometry: { type: 'Polygon', coordinates: [] } }),
      ];
      for (const product of bad) {
        const publishing = store.publish([good, product], CONTEXT);
        await expect(publishing).rejects.toThrow(InvalidError);
        await expect(publishing).rejects.toMatchObject({ subject: 'bad' });
      }
      expect(await catalog.find(good)).toBeUndefined();
    });

    it('mends an invalid polygon and keeps it a polygon', async () => {
      const bowtie = testProduct('bowtie', {
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [2, 2],
              [2, 0],
              [0, 2],
              [0, 0],
            ],
          ],
        },
      });
      await publish(bowtie);
      expect((await catalog.find(bowtie))?.geometry?.type).toMatch(/Polygon$/);
    });

    it.each([
      ['oldest first', [0, 1, 2]],
      ['newest first', [2, 1, 0]],
      ['middle last', [2, 0, 1]],
    ])('links processings of a scene both ways: %s', async (title, order) => {
      const versions = [0, 1, 2].map((n) =>
        testProduct(`${title}-${n}`, { scene: { id: title, version: `0${n}.00` } }),
      );
      for (const n of order) await publish(versions[n]!);
      const found = await Promise.all(versions.map((product) => catalog.find(product)));
      expect(found.map((product) => [product?.predecessor, product?.successor])).toEqual([
        [undefined, `${title}-1`],
        [`${title}-0`, `${title}-2`],
        [`${title}-1`, undefined],
      ]);
      await started.takeEvents();
      await store.remove(versions[1]!, 'Obsolete product or Other', CONTEXT);
      expect((await catalog.find(versions[0]!))?.successor).toBe(`${title}-2`);
      expect((await catalog.find(versions[2]!))?.predecessor).toBe(`${title}-0`);
      expect((await changes()).toSorted()).toEqual([
        `deleted ${title}-1`,
        `modified ${title}-0`,
        `modified ${title}-2`,
      ]);
      await publish(
        ...versions.map((product) => ({ ...product, scene: { id: `${title} again`, version: product.id } })),
      );
      expect((await catalog.find(versions[1]!))?.successor).toBe(`${title}-2`);
    });

    it('removes once, leaves nothing to find, and takes the product again', async () => {
      const product = testProduct('removed');
      await publish(product);
      expect(await store.remove(product, 'Corrupted product', CONTEXT)).toBe(true);
      expect(await store.remove(product, 'Corrupted product', CONTEXT)).toBe(false);
      expect(await catalog.find(product)).toBeUndefined();
      expect(await catalog.findByUuid(product.uuid)).toBeUndefined();
      expect(await publish(product)).toEqual(['created']);
    });

    it('lets two writers publish the same products in opposite order', async () => {
      const batch = Array.from({ length: 60 }, (_, n) =>
        testProduct(`both-${n}`, { scene: { id: `both-${n % 20}`, version: `${n}` } }),
      );
      const rounds = [1, 2, 3].flatMap((round) => {
        const changed = batch.map((product) => ({ ...product, properties: { cloudCover: round } }));
        return [store.publish(changed, CONTEXT), store.publish(changed.toReversed(), CONTEXT)];
      });
      await Promise.all(rounds);
      const { products, matched } = await catalog.search({
        filter: { op: 'like', property: 'id', pattern: 'both-%' },
        page: { kind: 'number', limit: 100, offset: 0 },
        count: 'exact',
      });
      expect(matched).toEqual({ value: 60, exact: true });
      expect(products.filter(({ successor }) => successor === undefined)).toHaveLength(20);
      expect(new Set(products.map(({ properties }) => properties['cloudCover'])).size).toBe(1);
    }, 60_000);

    it('lets several writers bring the same new product at once: one creates it', async () => {
      for (let round = 0; round < 100; round++) {
        const outcomes = await Promise.all([1, 2, 3, 4].map(() => publish(testProduct(`at-once-${round}`))));
        expect(outcomes.flat().toSorted()).toEqual(['created', 'unchanged', 'unchanged', 'unchanged']);
      }
    }, 120_000);

    it('refuses a product with the UUID of another', async () => {
      const first = testProduct('has-uuid');
      await publish(first);
      const publishing = publish({ ...testProduct('takes-uuid'), uuid: first.uuid });
      await expect(publishing).rejects.toThrow(ConflictError);
      expect(await catalog.find(testProduct('takes-uuid'))).toBeUndefined();
    });

    const MIRROR = { source: 'mirror-of-x', keepHeld: true };
    const mirror = async (product: Product) => (await store.publish([product], MIRROR))[0]?.change;
    const titled = (product: Product, title: string) => ({ ...product, extra: { title } });

    it('lets a careful source overwrite and remove only its own', async () => {
      const own = testProduct('own');
      expect(await mirror(own)).toBe('created');
      expect(await mirror(own)).toBe('unchanged');
      expect(await mirror(titled(own, 'new'))).toBe('modified');
      const another = { source: 'mirror-of-y', keepHeld: true };
      expect(await store.publish([own], another)).toMatchObject([{ change: 'kept' }]);
      expect(await store.remove(own, 'Obsolete product or Other', another)).toBe(false);
      expect((await catalog.find(own))?.extra).toEqual({ title: 'new' });
      expect(await store.remove(own, 'Obsolete product or Other', MIRROR)).toBe(true);
    });

    it.each(['test', 'mirror-of-x'])('keeps what is held, whoever wrote it: %s', async (source) => {
      const { content } = FULL;
      const held = testProduct(`held-by-${source}`, content === undefined ? {} : { content });
      await store.publish([held], { source });
      await started.takeEvents();
      const before = await started.fingerprint();
      const free = testProduct(`free-beside-${source}`);
      expect(await mirror(titled(held, 'foreign'))).toBe('kept');
      expect(await mirror(held)).toBe('unchanged');
      expect(await store.remove(held, 'Obsolete product or Other', MIRROR)).toBe(false);
      expect(await started.takeEvents()).toEqual([]);
      expect((await catalog.find(held))?.content).toEqual(content);
      expect(before).not.toBe('');
      expect((await store.publish([titled(held, 'foreign'), free], MIRROR)).map(({ change }) => change)).toEqual([
        'kept',
        'created',
      ]);
    });

    it('gives a copied product over to whoever brings its bytes', async () => {
      const product = testProduct('arrives-later');
      await mirror(product);
      expect(await publish({ ...product, ...(FULL.content && { content: FULL.content }) })).toEqual(['modified']);
      expect(await mirror(titled(product, 'foreign'))).toBe('kept');
    });

    it('decides about keeping in the statement: copies never win over a product that arrives at the same moment', async () => {
      for (let round = 0; round < 10; round++) {
        const product = testProduct(`race-${round}`, FULL.content && { content: FULL.content });
        const { content: _content, ...copy } = product;
        await Promise.all([publish(product), mirror(titled(copy, 'foreign')), mirror(titled(copy, 'foreign too'))]);
        expect((await catalog.find(product))?.content).toEqual(FULL.content);
      }
    });

    it('registers a collection, twice as well as once, and takes products of it', async () => {
      const collection = testCollection('registered');
      await store.registerCollection(collection);
      await store.registerCollection({ ...collection, title: 'another title' });
      expect((await catalog.collection('registered'))?.collection.title).toBe('another title');
      expect(await publish(testProduct('of-registered', { collection: 'registered' }))).toEqual(['created']);
      await store.remove({ collection: 'registered', id: 'of-registered' }, 'Obsolete product or Other', CONTEXT);
      await expect(store.registerCollection({ ...collection, id: 'other' })).rejects.toThrow(ConflictError);
      for (const id of ['', 'a/b', 'a\0', ' ', 'x'.repeat(300)])
        await expect(store.registerCollection({ ...collection, id, shortName: id })).rejects.toThrow(InvalidError);
    });

    it('counts a collection exactly whatever happens, before and after maintenance', async () => {
      const counted = async () => (await catalog.collection('b'))!;
      const products = Array.from({ length: 30 }, (_, n) =>
        testProduct(`counted-${n}`, {
          collection: 'b',
          acquiredFrom: new Date(Date.UTC(2020, 0, 1 + (n % 3), n)),
          geometry: testBox(n, 0, n + 1, 1),
        }),
      );
      await publish(...products);
      await started.maintain();
      await publish({ ...products[0]!, acquiredFrom: new Date('2021-01-01Z'), acquiredTo: new Date('2021-01-03Z') });
      for (const product of products.slice(20)) await store.remove(product, 'Duplicated product', CONTEXT);
      const expected = {
        count: 20,
        acquiredFrom: products[3]!.acquiredFrom,
        acquiredTo: new Date('2021-01-03Z'),
      };
      expect(await counted()).toMatchObject(expected);
      await started.maintain();
      expect(await counted()).toMatchObject({ ...expected, bbox: [0, 0, 20, 1] });
    });
  });
}
