import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, type Header } from 'tar-stream';
import { DomainError, InvalidError, TooLargeError } from '#domain/errors.js';
import { MAX_FILES } from './folder-tree.js';

const NAME_CLASHES = ['EEXIST', 'ENOTDIR', 'EISDIR'];
const SEGMENT = /^(?!\.{1,2}$)[^/\\\p{Cc}]{1,255}$/u;

/** Unpacks a tar (how a folder travels over HTTP) into `folder`. Refuses links, absolute paths, `..`, and more bytes or files than allowed. */
export async function unpackTar(body: Readable, folder: string, maxBytes: number): Promise<void> {
  const tar = extract();
  const reading = pipeline(body, tar);
  let files = 0;
  let bytes = 0;
  try {
    for await (const entry of tar) {
      const { header } = entry;
      bytes += header.size ?? 0;
      files += 1;
      if (bytes > maxBytes) throw new TooLargeError('The folder is larger than this mirror takes in.');
      if (files > MAX_FILES) throw new InvalidError(`The folder has more than ${MAX_FILES} files.`);
      const target = join(folder, safePath(header));
      if (header.type === 'directory') {
        await mkdir(target, { recursive: true });
        entry.resume();
        continue;
      }
      await mkdir(dirname(target), { recursive: true });
      await pipeline(entry, createWriteStream(target, { flags: 'wx', flush: true }));
    }
    await reading;
  } catch (error) {
    tar.destroy();
    await reading.catch(() => undefined);
    if (isSystemError(error, NAME_CLASHES))
      throw new InvalidError('The tar holds a name twice, or a file and a folder of one name.', { cause: error });
    throw error instanceof DomainError || isSystemError(error)
      ? error
      : new InvalidError('The tar stream is damaged or was cut short.', { cause: error });
  }
}

function safePath(header: Header): string {
  const path = header.name.replace(/^\.\//, '').replace(/\/$/, '');
  if (header.type !== 'file' && header.type !== 'directory')
    throw new InvalidError(`${path} is a link or a special file; only files and folders are taken in.`);
  if (!path.split('/').every((segment) => SEGMENT.test(segment)))
    throw new InvalidError(`The name ${JSON.stringify(path)} is not allowed in a product.`);
  return path;
}

function isSystemError(error: unknown, codes?: readonly string[]): boolean {
  if (typeof error !== 'object' || error === null || !('syscall' in error && 'code' in error)) return false;
  return codes === undefined || codes.includes(String(error.code));
}
