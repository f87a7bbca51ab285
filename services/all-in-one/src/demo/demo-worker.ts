import { parentPort, workerData } from 'node:worker_threads';
import { generateDemo } from './generate-demo.js';

/** What the thread that makes the demo archive is started with. */
export interface DemoJob {
  readonly folder: string;
  readonly without: readonly string[];
}

const { folder, without } = workerData as DemoJob;
await generateDemo(folder, { without: new Set(without), made: (name) => parentPort?.postMessage(name) });
