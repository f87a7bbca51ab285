import { parentPort, workerData } from 'node:worker_threads';
import { startEngine, type EngineSettings } from './embedded-engine.js';

/** The thread the embedded database runs in: says `ready`, and ends in order when told anything. */
const engine = await startEngine(workerData as EngineSettings);
parentPort?.once('message', () => {
  void engine.close().finally(() => process.exit());
});
parentPort?.postMessage('ready');
