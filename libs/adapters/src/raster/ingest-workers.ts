import type { Worker } from 'node:worker_threads';
import { InvalidError, NotFoundError, TimeoutError, TooLargeError, UnavailableError } from '#domain/errors.js';
import type { IngestJob, IngestMessage, IngestResult } from './ingest-job.js';
import { startIngestWorker } from './ingest-worker-start.js';

/** What a caller may say about one job. */
export interface IngestRun {
  readonly signal?: AbortSignal;
  readonly progress?: (done: number) => void;
}

/** Runs ingest jobs in threads of their own, up to `size` at once, first come first served; a job past `seconds` is stopped. */
export class IngestWorkers {
  private readonly waiting: (() => void)[] = [];
  private readonly running = new Set<Worker>();
  private taken = 0;
  private closed = false;

  constructor(private readonly limits: { size: number; seconds: number }) {}

  /** Throws what the job throws; InvalidError where the thread died of its input, TimeoutError, UnavailableError once closed. Aborting stops the thread. */
  async run<Job extends IngestJob>(job: Job, { signal, progress }: IngestRun = {}): Promise<IngestResult[Job['kind']]> {
    await this.acquire(signal);
    try {
      signal?.throwIfAborted();
      if (this.closed) throw closing();
      return (await this.perform(job, { signal, progress })) as IngestResult[Job['kind']];
    } finally {
      this.release();
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.running].map((worker) => worker.terminate()));
  }

  private acquire(signal: AbortSignal | undefined): Promise<void> {
    if (this.taken < this.limits.size) {
      this.taken++;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const turn = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(turn), 1);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.waiting.push(turn);
    });
  }

  private release(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.taken--;
    else next();
  }

  private async perform(
    job: IngestJob,
    { signal, progress }: { signal: AbortSignal | undefined; progress: IngestRun['progress'] },
  ): Promise<unknown> {
    const worker = startIngestWorker(job);
    this.running.add(worker);
    const stop = AbortSignal.any([
      AbortSignal.timeout(this.limits.seconds * 1000),
      ...(signal === undefined ? [] : [signal]),
    ]);
    try {
      return await outcome(worker, stop, progress);
    } catch (error) {
      if (signal?.aborted === true) throw signal.reason;
      if (stop.aborted) throw new TimeoutError(`The work was stopped after ${this.limits.seconds} s`);
      throw this.closed ? closing() : error;
    } finally {
      this.running.delete(worker);
      await worker.terminate();
    }
  }
}

const closing = (): UnavailableError => new UnavailableError('The raster ingest is shutting down');

function outcome(worker: Worker, stop: AbortSignal, progress: IngestRun['progress']): Promise<unknown> {
  return new Promise((resolve, reject) => {
    stop.addEventListener('abort', () => reject(stop.reason as Error), { once: true });
    worker.on('message', (message: IngestMessage) => {
      if ('progress' in message) progress?.(message.progress);
      else if ('result' in message) resolve(message.result);
      else reject(revived(message.failed));
    });
    worker.on('error', (cause) =>
      reject(new InvalidError('The file cannot be read: it brought its reader down', { cause })),
    );
    worker.on('exit', () => reject(new InvalidError('The file cannot be read: it brought its reader down')));
  });
}

const ERRORS: Readonly<Record<string, typeof InvalidError | typeof TooLargeError | typeof NotFoundError>> = {
  invalid: InvalidError,
  'too-large': TooLargeError,
  'not-found': NotFoundError,
};

function revived({
  kind,
  message,
  subject,
}: {
  kind: string | undefined;
  message: string;
  subject: string | undefined;
}): Error {
  const Known = kind === undefined ? undefined : ERRORS[kind];
  return Known === undefined ? new Error(message) : new Known(message, subject === undefined ? {} : { subject });
}
