import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline as piped } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { UnavailableError } from '#domain/errors.js';
import { splitLines } from '#protocols/json/split-lines.js';

/** Lines of text that wait on disk. */
export interface LineSpool {
  /** The lines in their order; once. */
  read(): AsyncIterable<string>;
  /** Gives the room on disk back. */
  close(): Promise<void>;
}

const QUICKLY = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/**
 * Puts lines into a compressed file of the temporary folder. The file has no name once it is open, so that nothing of it is left however the process ends.
 * Throws UnavailableError where the disk is full or cannot be used.
 */
export async function spoolLines(lines: AsyncIterable<string>, signal?: AbortSignal): Promise<LineSpool> {
  const file = await openNameless().catch((error: unknown) => {
    throw diskError(error);
  });
  try {
    const options = signal === undefined ? {} : { signal };
    await pipeline(endedLines(lines), createZstdCompress(QUICKLY), file.into.createWriteStream(), options);
  } catch (error) {
    await file.from.close();
    throw diskError(error);
  }
  return { read: () => readLines(file.from), close: () => file.from.close() };
}

async function* readLines(file: FileHandle): AsyncGenerator<string> {
  const text = piped(file.createReadStream(), createZstdDecompress(), () => undefined);
  yield* splitLines(text, Infinity);
}

/** Opened twice, as a stream closes what it was made of. */
async function openNameless(): Promise<{ readonly into: FileHandle; readonly from: FileHandle }> {
  const folder = await mkdtemp(join(tmpdir(), 'frombork-export-'));
  try {
    const path = join(folder, 'lines');
    const into = await open(path, 'wx', 0o600);
    return { into, from: await open(path, 'r') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* endedLines(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

/** The system's own errors name the call that failed; those of who makes the lines pass. */
function diskError(error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error;
  const reason = error.code === 'ENOSPC' || error.code === 'EDQUOT' ? 'is full' : `answers ${String(error.code)}`;
  return new UnavailableError(
    `The disk this answer has to wait on ${reason}: ask for fewer items, or in a form that is sent as it is made.`,
    { cause: error },
  );
}
