import { MessageChannel, type Worker } from 'node:worker_threads';
import type { ToWorker } from './render-messages.js';

/** Starts workers as `start` does, and gives each a line to every other that lives. */
export function introducing(start: () => Worker): () => Worker {
  const live = new Set<Worker>();
  return () => {
    const worker = start();
    for (const other of live) introduce(worker, other);
    live.add(worker);
    worker.once('exit', () => live.delete(worker));
    return worker;
  };
}

function introduce(one: Worker, other: Worker): void {
  const { port1, port2 } = new MessageChannel();
  one.postMessage({ type: 'neighbour', port: port1 } satisfies ToWorker, [port1]);
  other.postMessage({ type: 'neighbour', port: port2 } satisfies ToWorker, [port2]);
}
