import { describe, expect, it } from '@jest/globals';
import type { Intake } from '#domain/intake/intake.js';
import { InvalidError, UnavailableError } from '#domain/errors.js';
import type { ServiceLog } from '#platform/log.js';
import { MemoryIntakeStore } from '#test/support/memory-intake-store.js';
import type { DrawProduct } from './draw-product.js';
import { ProcessIntake } from './process-intake.js';
import { ProgressReport } from './progress-report.js';
import type { PublishProduct } from './publish-product.js';
import type { WorkFolder } from './work-folder.js';

const silent: ServiceLog = { debug() {}, info() {}, warn() {}, error() {} };
const folder = { clear: () => Promise.resolve(), setAside: () => Promise.resolve() } as unknown as WorkFolder;
const draw = { execute: () => Promise.resolve() } as unknown as DrawProduct;

/** One intake whose publication meets these faults, one at each try, and then succeeds. */
async function process(faults: unknown[], prepare: (intakes: MemoryIntakeStore) => void = () => undefined) {
  const intakes = new MemoryIntakeStore();
  const intake: Intake = await intakes.create({
    id: 'one',
    name: 'A.zip',
    source: 'http',
    state: 'received',
    path: '/a',
    holder: 'here',
  });
  const publish = {
    async execute() {
      const fault = faults.shift();
      if (fault === undefined) return intakes.update('one', { state: 'unchanged' });
      prepare(intakes);
      throw fault;
    },
  } as unknown as PublishProduct;
  await new ProcessIntake(intakes, publish, draw, folder, silent).execute(intake, new AbortController().signal);
  return intakes.rows.get('one');
}

describe('an intake in work', () => {
  const full = Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC' });
  const away = new UnavailableError('The store does not answer.');

  it.concurrent(
    'waits while the disk is full',
    async () => {
      expect(await process([full, full, full])).toMatchObject({ state: 'unchanged' });
    },
    20_000,
  );

  it.concurrent(
    'counts only unknown failures against the input, not the waiting before',
    async () => {
      expect(await process([away, away, new Error('odd')])).toMatchObject({ state: 'unchanged' });
    },
    20_000,
  );

  it.concurrent(
    'is quarantined by itself once the database is back, not at the next start',
    async () => {
      const row = await process([new InvalidError('It is damaged.')], (intakes) => (intakes.away = 2));
      expect(row).toMatchObject({ state: 'quarantined', reason: 'It is damaged.' });
    },
    20_000,
  );
});

describe('progress', () => {
  it('never arrives after the report has ended', async () => {
    const intakes = new MemoryIntakeStore();
    await intakes.create({ id: 'one', name: 'A', source: 'http', state: 'received', path: '/a', holder: 'here' });
    const update = intakes.update.bind(intakes);
    intakes.update = async (id, change) => {
      if (change.step === 'verifying') await new Promise((resolve) => setTimeout(resolve, 50));
      await update(id, change);
    };
    const report = new ProgressReport(intakes, 'one');
    report.tell('verifying', 0.5);
    await report.end();
    await intakes.update('one', { state: 'drawn', step: 'done', progress: 1 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(intakes.rows.get('one')).toMatchObject({ state: 'drawn', step: 'done', progress: 1 });
  });
});
