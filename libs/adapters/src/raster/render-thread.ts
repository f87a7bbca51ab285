import type { Worker } from 'node:worker_threads';
import { UnavailableError } from '#domain/errors.js';
import type { MosaicRequest, RenderRequest, SampleRequest } from '#domain/ports/raster-engine.js';
import type { RasterSource } from '#domain/ports/raster-source.js';
import { JobQueue } from './job-queue.js';
import type { ReadObject } from './object-ranges.js';
import { errorOf, faultOf, type FromWorker, type JobResult, type ToWorker } from './render-messages.js';
import type { StripRequest } from './sample-strip.js';

/** Jobs a thread works on at once: while one waits for bytes another computes. */
const JOBS_AT_ONCE = 4;

/** The thread died under a job. */
export class ThreadLostError extends UnavailableError {}

/** A job without its number. */
export type RenderJob =
  | { readonly type: 'render'; readonly request: RenderRequest }
  | { readonly type: 'paint'; readonly request: MosaicRequest }
  | { readonly type: 'sample'; readonly request: SampleRequest }
  | { readonly type: 'strip'; readonly request: StripRequest }
  | { readonly type: 'describe'; readonly source: RasterSource };

interface Pending {
  readonly resolve: (result: JobResult) => void;
  readonly reject: (error: unknown) => void;
}

/** One worker thread, as seen from the main thread: runs jobs and gets the bytes it asks for. A thread that dies is replaced by the next job. */
export class RenderThread {
  readonly queue = new JobQueue(JOBS_AT_ONCE);
  readonly #jobs = new Map<number, Pending>();
  readonly #reads = new Map<number, AbortController>();
  #worker: Worker | undefined;
  #lastJob = 0;

  constructor(
    private readonly start: () => Worker,
    private readonly read: ReadObject,
  ) {}

  /** Runs a job when its turn comes. Throws ThreadLostError where the thread dies under it. */
  run(work: RenderJob, signal?: AbortSignal): Promise<JobResult> {
    return this.queue.run(() => this.#submit(work, signal), signal);
  }

  forget(key: string): void {
    this.#worker?.postMessage({ type: 'forget', key } satisfies ToWorker);
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#lose(new UnavailableError('The raster engine is closing'));
    await worker?.terminate();
  }

  #submit(work: RenderJob, signal: AbortSignal | undefined): Promise<JobResult> {
    const worker = (this.#worker ??= this.#start());
    const job = ++this.#lastJob;
    return new Promise((resolve, reject) => {
      const cancel = (): void => {
        this.#jobs.delete(job);
        settled();
        worker.postMessage({ type: 'cancel', job } satisfies ToWorker);
        reject(signal?.reason);
      };
      const settled = (): void => {
        signal?.removeEventListener('abort', cancel);
        if (this.#jobs.size === 0) worker.unref();
      };
      worker.ref();
      this.#jobs.set(job, {
        resolve: (result) => (settled(), resolve(result)),
        reject: (error) => (settled(), reject(error)),
      });
      signal?.addEventListener('abort', cancel, { once: true });
      worker.postMessage({ ...work, job } satisfies ToWorker);
    });
  }

  #start(): Worker {
    const worker = this.start();
    // An idle thread must not keep the process alive.
    worker.unref();
    worker.on('message', (message: FromWorker) => this.#hear(worker, message));
    const lost = (cause: unknown): void => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#lose(new ThreadLostError('A drawing thread ended unexpectedly; try again', { cause }));
    };
    worker.on('error', lost);
    worker.on('exit', (code) => lost(new Error(`exit code ${code}`)));
    return worker;
  }

  #lose(error: Error): void {
    const lost = [...this.#jobs.values()];
    this.#jobs.clear();
    for (const { reject } of lost) reject(error);
    for (const controller of this.#reads.values()) controller.abort();
    this.#reads.clear();
  }

  #hear(worker: Worker, message: FromWorker): void {
    switch (message.type) {
      case 'done':
        return this.#take(message.job)?.resolve(message.result);
      case 'failed':
        return this.#take(message.job)?.reject(errorOf(message.fault));
      case 'read':
        return void this.#serve(worker, message);
      case 'unwanted':
        return this.#reads.get(message.read)?.abort();
    }
  }

  #take(job: number): Pending | undefined {
    const pending = this.#jobs.get(job);
    this.#jobs.delete(job);
    return pending;
  }

  async #serve(worker: Worker, { read, key, range }: Extract<FromWorker, { type: 'read' }>): Promise<void> {
    const controller = new AbortController();
    this.#reads.set(read, controller);
    try {
      const bytes = await this.read(key, range, controller.signal);
      worker.postMessage({ type: 'bytes', read, bytes } satisfies ToWorker, [bytes.buffer]);
    } catch (error) {
      worker.postMessage({ type: 'unread', read, fault: faultOf(error) } satisfies ToWorker);
    } finally {
      this.#reads.delete(read);
    }
  }
}
