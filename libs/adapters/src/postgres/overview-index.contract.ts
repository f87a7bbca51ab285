import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { OverviewIndex, OverviewPart } from '#domain/ports/overview-index.js';

/** An index to be held to the contract, and its end. */
export interface StartedOverviewIndex {
  readonly index: OverviewIndex;
  clear(): Promise<void>;
  stop(): Promise<void>;
}

const part = (column: number, level = 0, collection = 'a'): OverviewPart => ({ collection, level, column, row: 1 });
const NOW = 0;
const LATER = 3600;
const LONG = 600;

/** Every promise of the OverviewIndex port. */
export function overviewIndexContract(name: string, start: () => Promise<StartedOverviewIndex>): void {
  describe(`OverviewIndex contract: ${name}`, () => {
    let started: StartedOverviewIndex;
    let index: OverviewIndex;
    beforeAll(async () => {
      started = await start();
      index = started.index;
    });
    beforeEach(() => started.clear());
    afterAll(() => started?.stop());

    it('gives each part that is due to one only, the finest first, until its time is over', async () => {
      await index.touch([part(1, 1), part(1), part(2)], NOW);
      await index.touch([part(9)], LATER);
      const taken = await Promise.all(Array.from({ length: 5 }, () => index.take(LONG)));
      const given = taken.filter((one) => one !== undefined);
      expect(
        given.map(({ level, column }) => [level, column]).toSorted((a, b) => a[0]! - b[0]! || a[1]! - b[1]!),
      ).toEqual([
        [0, 1],
        [0, 2],
        [1, 1],
      ]);
      expect(await index.take(LONG)).toBeUndefined();
    });

    it('gives a part again whose builder never came back', async () => {
      await index.touch([part(1)], NOW);
      await index.take(-1);
      expect(await index.take(LONG)).toMatchObject(part(1));
    });

    it('keeps what was built, and has it built once more where it was touched meanwhile', async () => {
      await index.touch([part(1)], NOW);
      const first = (await index.take(LONG))!;
      await index.touch([part(1), part(1)], LATER);
      await index.built(first, { etag: 'one', products: ['p'], delay: NOW });
      expect(await index.find('a', [part(1), part(2)])).toEqual([{ ...part(1), etag: 'one' }]);
      const again = (await index.take(LONG))!;
      await index.built(again, { etag: 'two', products: ['p'], delay: NOW });
      expect(await index.find('a', [part(1)])).toEqual([{ ...part(1), etag: 'two' }]);
      expect(await index.take(LONG)).toBeUndefined();
    });

    it('does not let an older state come over a newer one', async () => {
      await index.touch([part(1)], NOW);
      const slow = (await index.take(-1))!;
      await index.touch([part(1)], NOW);
      const quick = (await index.take(LONG))!;
      await index.built(quick, { etag: 'new', products: [], delay: NOW });
      await index.built(slow, { etag: 'old', products: [], delay: NOW });
      expect(await index.find('a', [part(1)])).toEqual([{ ...part(1), etag: 'new' }]);
    });

    it('has the parts built again that were drawn from a product', async () => {
      for (const [column, products] of [[1, ['p', 'q']], [2, ['q']]] as const) {
        await index.touch([part(column)], NOW);
        await index.built((await index.take(LONG))!, { etag: 'x', products, delay: NOW });
      } // prettier-ignore
      await index.touchProduct({ collection: 'a', id: 'p' }, NOW);
      await index.touchProduct({ collection: 'b', id: 'q' }, NOW);
      expect(await index.take(LONG)).toMatchObject(part(1));
      expect(await index.take(LONG)).toBeUndefined();
    });

    it('tells parts that are empty from such that have a picture', async () => {
      expect(await index.knows('a')).toBe(false);
      await index.touch([part(1)], NOW);
      await index.built((await index.take(LONG))!, { products: [], delay: NOW });
      expect([await index.find('a', [part(1)]), await index.knows('a'), await index.knows('b')]).toEqual([
        [],
        true,
        false,
      ]);
      await index.touch([], NOW);
      expect(await index.find('a', [])).toEqual([]);
    });
  });
}
