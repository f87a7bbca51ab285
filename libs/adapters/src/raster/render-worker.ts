import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type { ReadObject } from './object-ranges.js';
import { RasterRenderer, type RendererLimits } from './raster-renderer.js';
import { errorOf, faultOf, type FromWorker, type ToWorker } from './render-messages.js';
import type { BlockNews } from './shared-blocks.js';

interface PendingRead {
  readonly resolve: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly reject: (error: unknown) => void;
}

const port = parentPort!;
const reads = new Map<number, PendingRead>();
const jobs = new Map<number, AbortController>();
let lastRead = 0;

/** The object store lives in the main thread: ask it for the range. */
const readObject: ReadObject = (key, range, signal) =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const read = ++lastRead;
    const give = (): void => {
      reads.delete(read);
      port.postMessage({ type: 'unwanted', read } satisfies FromWorker);
      reject(signal?.reason);
    };
    const settled = (): void => signal?.removeEventListener('abort', give);
    reads.set(read, {
      resolve: (bytes) => (settled(), resolve(bytes)),
      reject: (error) => (settled(), reject(error)),
    });
    signal?.addEventListener('abort', give, { once: true });
    port.postMessage({ type: 'read', read, key, range } satisfies FromWorker);
  });

const renderer = new RasterRenderer(readObject, workerData as RendererLimits);

type Job = Extract<ToWorker, { type: 'render' | 'paint' | 'sample' | 'strip' | 'describe' }>;

const isJob = (message: ToWorker): message is Job => 'request' in message || message.type === 'describe';

async function run(message: Job): Promise<void> {
  const { job } = message;
  const controller = new AbortController();
  jobs.set(job, controller);
  try {
    if (message.type === 'describe') {
      const result = await renderer.describe(message.source, controller.signal);
      port.postMessage({ type: 'done', job, result } satisfies FromWorker);
    } else if (message.type === 'sample') {
      const result = await renderer.sample(message.request, controller.signal);
      const memory = result.planes.map(({ buffer }) => buffer);
      port.postMessage({ type: 'done', job, result } satisfies FromWorker, memory);
    } else if (message.type === 'paint') {
      const result = await renderer.paint(message.request, controller.signal);
      port.postMessage({ type: 'done', job, result } satisfies FromWorker, [result.samples.buffer]);
    } else if (message.type === 'strip') {
      const result = await renderer.strip(message.request, controller.signal);
      port.postMessage({ type: 'done', job, result } satisfies FromWorker, [result.samples.buffer as ArrayBuffer]);
    } else {
      const result = await renderer.render(message.request, controller.signal);
      port.postMessage({ type: 'done', job, result } satisfies FromWorker, [result.bytes.buffer as ArrayBuffer]);
    }
  } catch (error) {
    port.postMessage({ type: 'failed', job, fault: faultOf(error) } satisfies FromWorker);
  } finally {
    jobs.delete(job);
  }
}

function settle(read: number): PendingRead | undefined {
  const pending = reads.get(read);
  reads.delete(read);
  return pending;
}

/** Another thread like this one: each uses what the other has decoded. */
function meet(neighbour: MessagePort): void {
  renderer.blocks.meet(neighbour);
  neighbour.on('message', (news: BlockNews) => renderer.blocks.hear(neighbour, news));
  neighbour.on('close', () => renderer.blocks.part(neighbour));
  neighbour.unref();
}

port.on('message', (message: ToWorker) => {
  if (isJob(message)) return void run(message);
  switch (message.type) {
    case 'cancel':
      return jobs.get(message.job)?.abort();
    case 'forget':
      return renderer.forget(message.key);
    case 'neighbour':
      return meet(message.port);
    case 'bytes':
      return settle(message.read)?.resolve(message.bytes);
    case 'unread':
      return settle(message.read)?.reject(errorOf(message.fault));
  }
});
