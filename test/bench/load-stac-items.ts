import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import type { Share } from './load-share.js';

/**
 * `node dist/test/bench/load-stac-items.js <items.ndjson> [writers]`: STAC Items, one a line, into the catalogue of DATABASE_URL, checked as the
 * service checks them. Each writer is a thread with a connection of its own, and takes every n-th batch of the file.
 */
if (isMainThread) await loadAll(process.argv[2] ?? '', Number(process.argv[3] ?? '2'));
else await (await import('./load-share.js')).loadShare(workerData as Share);

/** The writers start side by side: nothing that takes long is read before they do. */
async function loadAll(file: string, writers: number): Promise<void> {
  const others = Array.from({ length: writers - 1 }, (_, other) => ended({ file, writers, at: other + 1 }));
  const { loadShare } = await import('./load-share.js');
  await Promise.all([loadShare({ file, writers, at: 0 }), ...others]);
}

function ended(share: Share): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const thread = new Worker(fileURLToPath(import.meta.url), { workerData: share });
  thread.once('error', reject).once('exit', () => resolve());
  return promise;
}
