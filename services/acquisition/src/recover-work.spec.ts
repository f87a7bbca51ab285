import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Intake, IntakeState } from '#domain/intake/intake.js';
import type { ServiceLog } from '#platform/log.js';
import { MemoryIntakeStore } from '#test/support/memory-intake-store.js';
import type { AcquisitionConfig } from './acquisition.config.js';
import { DropFolder } from './drop-folder.js';
import type { IntakeQueue } from './intake-queue.js';
import { RecoverWork } from './recover-work.js';
import { WorkFolder } from './work-folder.js';

const silent: ServiceLog = { debug() {}, info() {}, warn() {}, error() {} };

describe('work found at a start, and the drop folder', () => {
  let data: string;
  let folder: WorkFolder;
  let intakes: MemoryIntakeStore;
  let queued: Intake[];
  let recover: RecoverWork;
  let drop: DropFolder;

  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'frombork-recover-'));
    const config = { FROMBORK_DATA: data, ACQUISITION_SETTLE_SECONDS: 0 } as AcquisitionConfig &
      ConstructorParameters<typeof WorkFolder>[0];
    folder = new WorkFolder(config);
    intakes = new MemoryIntakeStore();
    queued = [];
    const queue = { add: (intake: Intake) => queued.push(intake) } as unknown as IntakeQueue;
    recover = new RecoverWork(intakes, queue, folder, silent);
    drop = new DropFolder(config, intakes, queue, folder, silent);
    await folder.prepare();
  });

  afterEach(async () => {
    await drop.stop();
    await rm(data, { recursive: true, force: true });
  });

  async function input(state: IntakeState | undefined, holder = folder.holder): Promise<string> {
    const id = randomUUID();
    const path = folder.inputOf(id, 'A.zip');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, 'bytes');
    if (state !== undefined) await intakes.create({ id, name: 'A.zip', source: 'http', state, path, holder });
    return id;
  }

  it('goes on with what lies here though the host was called otherwise (a container made anew)', async () => {
    const id = await input('received', 'another-host:/data');
    await recover.execute();
    expect(queued.map((intake) => intake.id)).toEqual([id]);
    expect(await readFile(folder.inputOf(id, 'A.zip'), 'utf8')).toBe('bytes');
  });

  it('removes nothing while the database does not answer', async () => {
    const id = await input('received', 'another-host:/data');
    await folder.prepare();
    intakes.unfinished = () => Promise.resolve([]);
    intakes.away = 1;
    await expect(recover.execute()).rejects.toThrow('does not answer');
    expect(await readFile(folder.inputOf(id, 'A.zip'), 'utf8')).toBe('bytes');
  });

  it('takes in an input that no row tells of: moved out of the drop folder, then killed', async () => {
    const id = await input(undefined);
    await recover.execute();
    expect(queued).toMatchObject([{ id, name: 'A.zip', source: 'drop', state: 'received' }]);
    expect(intakes.rows.get(id)).toMatchObject({ state: 'received', holder: folder.holder });
  });

  it('clears what is done, sets aside what was refused, and leaves what is not its own', async () => {
    const done = await input('drawn');
    const refused = await input('quarantined');
    await mkdir(join(data, 'work', 'lost+found'));
    await recover.execute();
    expect(await readdir(join(data, 'work'))).toEqual(['lost+found']);
    expect(await readdir(join(data, 'quarantine', refused))).toEqual(['A.zip', 'reason.txt']);
    expect(await readdir(join(data, 'quarantine'))).not.toContain(done);
  });

  it('takes a drop once the database is back, and loses nothing until then', async () => {
    await writeFile(join(folder.drop, 'B.zip'), 'bytes');
    intakes.away = 1;
    drop.start();
    for (let poll = 0; poll < 400 && queued.length === 0; poll++) await wait(10);
    expect(intakes.away).toBe(0);
    expect(queued).toMatchObject([{ name: 'B.zip', state: 'received' }]);
    expect(await readFile(queued[0]?.path ?? '', 'utf8')).toBe('bytes');
    expect(await readdir(join(data, 'work'))).toEqual([queued[0]?.id]);
  });

  it('is not stopped by a drop it may not move, and makes no intake of it', async () => {
    await mkdir(join(folder.drop, 'A.SAFE'));
    await writeFile(join(folder.drop, 'B.zip'), 'bytes');
    // What cannot be moved: a file is where its place in the work folder would be.
    await writeFile(join(data, 'file'), '');
    const inputOf = folder.inputOf.bind(folder);
    folder.inputOf = (id, name) => (name === 'A.SAFE' ? join(data, 'file', id, name) : inputOf(id, name));
    drop.start();
    for (let poll = 0; poll < 400 && queued.length === 0; poll++) await wait(10);
    await wait(1200);
    expect([...intakes.rows.values()].map(({ name }) => name)).toEqual(['B.zip']);
    expect(await readdir(folder.drop)).toEqual(['A.SAFE']);
  });
});
