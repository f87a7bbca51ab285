import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { InvalidError, TooLargeError } from '#domain/errors.js';
import { MAX_FILES } from './folder-tree.js';
import type { ProductTree, ZippedFile } from './product-tree.js';

/** A product in a zip, with where each file lies in it. */
export interface ZipTree extends ProductTree {
  readonly files: readonly ZippedFile[];
}

/** Opens a zip from its central directory; files are extracted to `scratch` only when asked for. Throws InvalidError for broken, encrypted, hostile or oversized zips. */
export async function openZipTree(file: string, scratch: string, maxBytes: number): Promise<ZipTree> {
  const zip = await openPromise(file, { autoClose: false, validateEntrySizes: true }).catch((error: unknown) => {
    throw broken(error);
  });
  try {
    const entries = await readDirectory(zip, maxBytes);
    const files = await Promise.all([...entries.values()].map((entry) => place(zip, entry)));
    return {
      root: rootOf(files, basename(file).replace(/\.zip$/i, '')),
      files,
      open: (path) => openEntry(zip, entries, path),
      localFile: (path) => extract(zip, entries, path, scratch),
      close: () => Promise.resolve(zip.close()),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

type Entries = ReadonlyMap<string, Entry>;

/** Reads and checks every entry: method, encryption, number and total size. yauzl itself refuses absolute paths, `..` and backslashes. */
async function readDirectory(zip: ZipFile, maxBytes: number): Promise<Entries> {
  const entries = new Map<string, Entry>();
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      total += entry.uncompressedSize;
      check(entry, entries, total <= maxBytes);
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    throw broken(error);
  }
  if (entries.size === 0) throw new InvalidError('The zip is empty.');
  return entries;
}

function check(entry: Entry, seen: Entries, fits: boolean): void {
  const name = entry.fileName;
  if (!fits) throw new TooLargeError('The zip unpacks to more than this mirror takes in.');
  if (seen.size >= MAX_FILES) throw new InvalidError(`The zip has more than ${MAX_FILES} files.`);
  if (seen.has(name)) throw new InvalidError(`The zip holds ${name} twice.`, { subject: name });
  if (entry.isEncrypted()) throw new InvalidError(`${name} is encrypted.`, { subject: name });
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    throw new InvalidError(
      `${name} is compressed by method ${entry.compressionMethod}; only stored and deflated files are taken in.`,
      { subject: name },
    );
  }
}

async function place(zip: ZipFile, entry: Entry): Promise<ZippedFile> {
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true }).catch((error: unknown) => {
    throw broken(error);
  });
  return {
    path: entry.fileName,
    size: entry.uncompressedSize,
    crc32: entry.crc32,
    method: entry.compressionMethod as 0 | 8,
    offset: fileDataStart,
    storedSize: entry.compressedSize,
  };
}

async function openEntry(zip: ZipFile, entries: Entries, path: string): Promise<Readable> {
  const entry = entries.get(path);
  if (entry === undefined) throw new InvalidError(`${path} is not in the zip.`, { subject: path });
  const stream = await zip.openReadStreamPromise(entry).catch((error: unknown) => {
    throw broken(error);
  });
  return Readable.from(checked(stream, entry));
}

/** Passes the bytes on and compares their CRC-32 at the end. */
async function* checked(stream: Readable, entry: Entry): AsyncGenerator<Uint8Array> {
  let sum = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (error) {
    throw broken(error);
  }
  if (sum !== entry.crc32)
    throw new InvalidError(`${entry.fileName} is damaged: its CRC does not match the zip's directory.`, {
      subject: entry.fileName,
    });
}

async function extract(zip: ZipFile, entries: Entries, path: string, scratch: string): Promise<string> {
  const position = [...entries.keys()].indexOf(path);
  await mkdir(scratch, { recursive: true });
  const target = join(scratch, `${position}-${basename(path)}`);
  await pipeline(await openEntry(zip, entries, path), createWriteStream(target));
  return target;
}

/** The one top folder, or the zip's own name where files lie at the top. */
function rootOf(files: readonly ZippedFile[], name: string): string {
  const tops = new Set(files.map((file) => file.path.split('/', 1)[0] ?? ''));
  const [top] = tops;
  return tops.size === 1 && top !== undefined && files.some((file) => file.path.startsWith(`${top}/`)) ? top : name;
}

function broken(error: unknown): Error {
  if (error instanceof InvalidError || error instanceof TooLargeError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new InvalidError(`The zip cannot be read; it may be cut short or damaged (${detail}).`, { cause: error });
}
