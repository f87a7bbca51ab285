import { constants, type BigIntStats } from 'node:fs';
import { access, mkdir, open, realpath, rename, rmdir, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { addAbortSignal } from 'node:stream';
import { InvalidError, UnavailableError } from '#domain/errors.js';
import { ObjectStore, type ByteRange, type ObjectInfo, type PutOptions } from '#domain/ports/object-store.js';
import { checkByteRange, pastTheEnd } from './byte-range.js';
import { checkedBody } from './checked-body.js';
import { fileError, noSuchObject, systemCode } from './file-error.js';
import { IncomingFolder, type IncomingFile } from './incoming-folder.js';
import { checkKeyPrefix, checkObjectKey } from './object-key.js';
import { readableBytes } from './readable-bytes.js';
import { walkKeys } from './walk-keys.js';

const READ_BYTES = 256 * 1024;
const PLACE_ATTEMPTS = 10;
// Never follow a link, never hang on a pipe somebody put there.
const READ_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Objects as files of a folder, the key being the path. A put writes beside the objects, syncs, then renames, so readers see the whole old or the whole new bytes.
 * The etag is size, modification time (µs, never twice the same in a process) and inode: it changes with every put and every edit by hand, without reading the bytes.
 * Unlike in S3 a key cannot be a folder of another (ConflictError), and media types are not kept. Links inside the folder are not followed.
 */
export class FileObjectStore extends ObjectStore {
  readonly #root: string;
  readonly #incoming: IncomingFolder;

  private constructor(root: string, incoming: IncomingFolder) {
    super();
    this.#root = root;
    this.#incoming = incoming;
  }

  /** Opens (and makes) the folder and removes what interrupted puts left. Throws UnavailableError where it cannot be written. */
  static async open(folder: string): Promise<FileObjectStore> {
    try {
      await mkdir(folder, { recursive: true });
      const root = await realpath(folder);
      const incoming = new IncomingFolder(root);
      await incoming.open();
      return new FileObjectStore(root, incoming);
    } catch (error) {
      throw fileError(error, folder);
    }
  }

  override async put(key: string, body: AsyncIterable<Uint8Array>, options: PutOptions = {}): Promise<ObjectInfo> {
    checkObjectKey(key);
    const file = await this.#incoming.create().catch((error: unknown) => {
      throw fileError(error, key);
    });
    try {
      await write(file.handle, checkedBody(body, options), key);
      return await this.#finish(file, key);
    } finally {
      await this.#incoming.discard(file);
    }
  }

  override async head(key: string): Promise<ObjectInfo> {
    const { handle, info } = await this.#open(key);
    await handle.close();
    return info;
  }

  override async get(key: string, range?: ByteRange, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    if (range !== undefined) checkByteRange(range);
    signal?.throwIfAborted();
    const { handle, info } = await this.#open(key);
    const { start, end } = span(info.size, range);
    if (start >= end) {
      await handle.close();
      if (start > 0 && start >= info.size) throw pastTheEnd(key, start);
      return noBytes();
    }
    const stream = handle.createReadStream({ start, end: end - 1, highWaterMark: READ_BYTES });
    if (signal !== undefined) addAbortSignal(signal, stream);
    return readableBytes(stream, (error) => fileError(error, key));
  }

  override async remove(key: string): Promise<void> {
    checkObjectKey(key);
    const path = join(this.#root, key);
    try {
      await this.#refuseLinks(dirname(path));
      await unlink(path);
      await this.#prune(dirname(path));
    } catch (error) {
      // What is not there, or is a folder of other objects, needs no removing.
      if (!['ENOENT', 'ENOTDIR', 'EISDIR'].includes(systemCode(error) ?? '')) throw fileError(error, key);
    }
  }

  /** Reads one folder at a time: memory is bounded by the largest folder's names. */
  override async *list(prefix: string): AsyncGenerator<ObjectInfo> {
    checkKeyPrefix(prefix);
    try {
      for await (const { key, stats } of walkKeys(this.#root, prefix)) yield infoOf(key, stats);
    } catch (error) {
      throw fileError(error, prefix);
    }
  }

  override async presign(key: string): Promise<undefined> {
    checkObjectKey(key);
  }

  override async check(): Promise<void> {
    await access(this.#root, constants.R_OK | constants.W_OK | constants.X_OK).catch((error: unknown) => {
      throw new UnavailableError(`The object folder ${this.#root} cannot be read and written.`, { cause: error });
    });
  }

  async #open(key: string): Promise<{ handle: FileHandle; info: ObjectInfo }> {
    checkObjectKey(key);
    const path = join(this.#root, key);
    try {
      await this.#refuseLinks(dirname(path));
      const handle = await open(path, READ_FLAGS);
      const stats = await handle.stat({ bigint: true });
      if (stats.isFile()) return { handle, info: infoOf(key, stats) };
      await handle.close();
    } catch (error) {
      throw systemCode(error) === 'ENOTDIR' ? noSuchObject(key) : fileError(error, key);
    }
    throw noSuchObject(key);
  }

  async #finish(file: IncomingFile, key: string): Promise<ObjectInfo> {
    try {
      const modified = nextModified();
      await file.handle.utimes(modified, modified);
      await file.handle.sync();
      const info = infoOf(key, await file.handle.stat({ bigint: true }));
      await this.#place(file.path, join(this.#root, key));
      return info;
    } catch (error) {
      throw fileError(error, key);
    }
  }

  async #place(from: string, to: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#ensureFolder(dirname(to));
        await rename(from, to);
        return await syncFolder(dirname(to));
      } catch (error) {
        // A remove beside us may prune the folder between the two steps.
        if (systemCode(error) !== 'ENOENT' || attempt === PLACE_ATTEMPTS) throw error;
      }
    }
  }

  async #ensureFolder(folder: string): Promise<void> {
    try {
      await this.#refuseLinks(folder);
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error;
      await this.#ensureFolder(dirname(folder));
      await mkdir(folder).catch((problem: unknown) => {
        if (systemCode(problem) !== 'EEXIST') throw problem;
      });
      await syncFolder(dirname(folder));
    }
  }

  async #refuseLinks(folder: string): Promise<void> {
    if ((await realpath(folder)) !== folder) {
      throw new InvalidError(`${folder} passes through a symbolic link; links inside the object folder are refused.`);
    }
  }

  async #prune(folder: string): Promise<void> {
    for (let path = folder; path !== this.#root; path = dirname(path)) {
      try {
        await rmdir(path);
      } catch {
        return; // Not empty, or pruned by another remove.
      }
    }
  }
}

/** Faults of the disk are mapped here, so that the body's own errors pass unchanged. */
async function write(handle: FileHandle, body: AsyncIterable<Uint8Array>, key: string): Promise<void> {
  for await (const chunk of body) {
    await handle.writeFile(chunk).catch((error: unknown) => {
      throw fileError(error, key);
    });
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

let lastModified = 0;

/** Now in seconds, later by a microsecond at least than any time given before: a reused inode then still gives another etag. */
function nextModified(): number {
  lastModified = Math.max(Date.now() * 1000, lastModified + 1);
  return lastModified / 1e6;
}

function infoOf(key: string, stats: BigIntStats): ObjectInfo {
  const etag = [stats.size, stats.mtimeNs, stats.ino].map((part) => part.toString(36)).join('-');
  return { key, size: Number(stats.size), etag, modified: new Date(Number(stats.mtimeMs)) };
}

/** Where a range starts and (exclusive) ends in an object; it starts at its end where nothing is in it. */
function span(size: number, range: ByteRange = { offset: 0 }): { start: number; end: number } {
  return { start: range.offset, end: Math.min(range.offset + (range.length ?? size), size) };
}

async function* noBytes(): AsyncGenerator<Uint8Array> {}
