import { parentPort, workerData } from 'node:worker_threads';
import { DomainError } from '#domain/errors.js';
import type { IngestJob, IngestMessage, IngestResult } from './ingest-job.js';

/** The thread of one ingest job: a damaged file that brings a native library down takes nothing else with it. */
const job = workerData as IngestJob;
const tell = (message: IngestMessage): void => parentPort?.postMessage(message);

// Libraries are loaded as the job needs them.
async function work(): Promise<IngestResult[keyof IngestResult]> {
  if (job.kind === 'browse') {
    const { makeBrowse } = await import('./browse-make.js');
    return makeBrowse(job.plan, job.folder, job, (progress) => tell({ progress }));
  }
  const { NetcdfFile } = await import('./netcdf-file.js');
  const file = await NetcdfFile.open(job.file);
  try {
    return job.kind === 'netcdf-attributes' ? file.contents() : file.read(job.variable);
  } finally {
    file.close();
  }
}

try {
  tell({ result: await work() });
} catch (error) {
  const known = error instanceof DomainError ? error : undefined;
  const message = error instanceof Error ? error.message : String(error);
  tell({ failed: { kind: known?.kind, message, subject: known?.subject } });
}
