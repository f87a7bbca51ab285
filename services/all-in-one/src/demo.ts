import { once } from 'node:events';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { Log } from '#platform/log.js';
import type { DemoJob } from './demo/demo-worker.js';
import { demoNames, generateDemo } from './demo/generate-demo.js';

export { generateDemo } from './demo/generate-demo.js';

/** Whether an empty installation gets something to look at. */
export const demoConfig = z.object({
  FROMBORK_DEMO: z
    .enum(['0', '1'])
    .default('1')
    .describe('1 fills the archive with about 60 made-up products over Germany at the first start; 0 does not.'),
});

/** What the demo is started by. */
export interface DemoSettings extends z.infer<typeof demoConfig> {
  readonly FROMBORK_DATA: string;
  readonly ACQUISITION_DROP_FOLDER?: string | undefined;
}

/** The names handed over so far, in `demo-archive.json` of the data folder. */
const record = z.object({ made: z.array(z.string()) });

/** Under the test runner this file is TypeScript, which a thread of its own could not read. */
const CAN_START_THREADS = import.meta.url.endsWith('.js');

/**
 * Makes the demo archive unless it has been made, and puts product after product into the drop folder, from where acquisition takes
 * them in like any other. Goes on where a killed process stopped; a product made twice has the same bytes, which acquisition notices.
 * A failure is logged.
 */
export async function startDemo(settings: DemoSettings, log: Log): Promise<void> {
  if (settings.FROMBORK_DEMO !== '1') return;
  const data = resolve(settings.FROMBORK_DATA);
  const marker = join(data, 'demo-archive.json');
  const made = await readRecord(marker);
  const all = demoNames();
  const missing = all.filter((name) => !made.includes(name));
  if (missing.length === 0) return;
  log.info({ products: missing.length }, 'making the demo archive');
  const started = Date.now();
  const note = async (name: string): Promise<void> => {
    made.push(name);
    await writeRecord(marker, made);
    if (made.length % 10 === 0) log.info({ made: made.length, of: all.length }, 'making the demo archive');
  };
  const folder = resolve(settings.ACQUISITION_DROP_FOLDER ?? join(data, 'drop'));
  try {
    await mkdir(data, { recursive: true });
    await run({ folder, without: [...made] }, note);
    log.info({ products: made.length, seconds: Math.round((Date.now() - started) / 1000) }, 'the demo archive is made');
  } catch (error) {
    // A mirror without a demo is still a mirror.
    log.error({ err: error }, 'the demo archive could not be made whole; it goes on at the next start');
  }
}

async function run({ folder, without }: DemoJob, note: (name: string) => Promise<void>): Promise<void> {
  if (!CAN_START_THREADS) return void (await generateDemo(folder, { without: new Set(without), made: note }));
  const worker = new Worker(new URL('./demo/demo-worker.js', import.meta.url), { workerData: { folder, without } });
  // The thread does not keep a process that is asked to stop.
  worker.unref();
  let noted = Promise.resolve();
  worker.on('message', (name: string) => (noted = noted.then(() => note(name))));
  await once(worker, 'exit');
  await noted;
}

async function readRecord(marker: string): Promise<string[]> {
  try {
    return record.parse(JSON.parse(await readFile(marker, 'utf8'))).made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function writeRecord(marker: string, made: readonly string[]): Promise<void> {
  const partial = `${marker}.partial`;
  const file = await open(partial, 'w');
  try {
    await file.writeFile(`${JSON.stringify({ made }, undefined, 1)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, marker);
}
