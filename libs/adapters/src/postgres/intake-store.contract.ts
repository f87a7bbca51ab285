import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NotFoundError } from '#domain/errors.js';
import type { IntakeState } from '#domain/intake/intake.js';
import type { IntakeStore } from '#domain/ports/intake-store.js';

/** An intake store to be held to the contract, and its end. */
export interface StartedIntakeStore {
  readonly store: IntakeStore;
  clear(): Promise<void>;
  stop(): Promise<void>;
}

const anIntake = (state: IntakeState = 'receiving', holder = 'host:/data') => ({
  id: randomUUID(),
  name: 'S2A_MSIL1C_20240101T000000_N0510_R000_T32UPU_20240101T000000.SAFE.zip',
  source: 'http',
  path: '/data/incoming/1',
  holder,
  state,
});

/** Every promise of the IntakeStore port. */
export function intakeStoreContract(name: string, start: () => Promise<StartedIntakeStore>): void {
  describe(`IntakeStore contract: ${name}`, () => {
    let started: StartedIntakeStore;
    let store: IntakeStore;
    beforeAll(async () => {
      started = await start();
      store = started.store;
    });
    beforeEach(() => started.clear());
    afterAll(() => started?.stop());

    const createInTurn = async (states: readonly IntakeState[], holder?: string) => {
      const ids: string[] = [];
      for (const state of states) {
        ids.push((await store.create(anIntake(state, holder))).id);
        // `created` counts milliseconds.
        await sleep(3);
      }
      return ids;
    };

    it('gives back what was created, with its times', async () => {
      const given = { ...anIntake(), requestId: 'r-1' };
      const created = await store.create(given);
      expect(created).toEqual({ ...given, created: expect.any(Date), updated: expect.any(Date) });
      expect(Math.abs(created.created.getTime() - Date.now())).toBeLessThan(60_000);
      expect(await store.find(given.id)).toEqual(created);
    });

    it('leaves out what is not known', async () => {
      const { id } = await store.create(anIntake());
      expect(Object.keys((await store.find(id)) ?? {}).toSorted()).toEqual(
        ['created', 'holder', 'id', 'name', 'path', 'source', 'state', 'updated'].toSorted(),
      );
    });

    it('changes what it is told, and when', async () => {
      const { id, updated } = await store.create(anIntake());
      await sleep(5);
      const change = { state: 'published', collection: 'sentinel-2-l1c', productId: 'S2A_X', step: 'drawing' } as const;
      await store.update(id, { ...change, progress: 0.25 });
      await store.update(id, { reason: 'it\'s "broken"; drop table intake --', path: '/elsewhere' });
      const found = await store.find(id);
      expect(found).toMatchObject({ ...change, progress: 0.25, path: '/elsewhere' });
      expect(found?.reason).toBe('it\'s "broken"; drop table intake --');
      expect(found?.updated.getTime()).toBeGreaterThan(updated.getTime());
    });

    it('knows no intake by a wrong id', async () => {
      expect(await store.find(randomUUID())).toBeUndefined();
      expect(await store.find("' or true --")).toBeUndefined();
      await expect(store.update(randomUUID(), { step: 'x' })).rejects.toThrow(NotFoundError);
    });

    it('lists newest first, by state and by page', async () => {
      const ids = await createInTurn(['receiving', 'quarantined', 'drawn', 'quarantined', 'receiving']);
      const listed = await store.list({ limit: 10 });
      expect(listed.map(({ id }) => id)).toEqual(ids.toReversed());
      const quarantined = await store.list({ state: 'quarantined', limit: 10 });
      expect(quarantined.map(({ id }) => id)).toEqual([ids[3], ids[1]]);
      const first = await store.list({ limit: 2 });
      const last = first.at(-1)?.created;
      const second = await store.list({ limit: 2, ...(last && { before: last }) });
      expect([...first, ...second].map(({ id }) => id)).toEqual(ids.toReversed().slice(0, 4));
    });

    it('says what a holder has unfinished, oldest first', async () => {
      const ids = await createInTurn(['receiving', 'quarantined', 'received', 'drawn', 'published', 'unchanged']);
      await createInTurn(['receiving'], 'other:/data');
      const unfinished = await store.unfinished('host:/data');
      expect(unfinished.map(({ id }) => id)).toEqual([ids[0], ids[2], ids[4]]);
    });
  });
}
