import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvalidError, NotFoundError } from '#domain/errors.js';
import type { ObjectInfo, ObjectStore } from '#domain/ports/object-store.js';

/** A store to be held to the contract, and its end. */
export interface StartedObjectStore {
  readonly store: ObjectStore;
  stop(): Promise<void>;
}

const MIB = 1024 * 1024;

/** A body in chunks that end nowhere near the parts of a multipart upload. */
async function* chunks(bytes: Uint8Array, size = 65_521): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** All a source gives, in memory. */
export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

async function read(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await collect(body));
}

const text = (value: string) => chunks(Buffer.from(value));

/** Pseudo-random, repeatable, made as it is read: each chunk tells its place. */
async function* longBody(total: number): AsyncGenerator<Uint8Array> {
  for (let at = 0, n = 0; at < total; at += 65_536, n++) {
    const chunk = Buffer.alloc(Math.min(65_536, total - at), n % 251);
    chunk.writeUInt32BE(n);
    yield chunk;
  }
}

async function digest(body: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of body) hash.update(chunk);
  return hash.digest('hex');
}

/** Every promise of the ObjectStore port, kept on every store. */
export function objectStoreContract(name: string, start: () => Promise<StartedObjectStore>): void {
  describe(`ObjectStore contract: ${name}`, () => {
    let started: StartedObjectStore;
    let store: ObjectStore;
    let serial = 0;
    const fresh = () => `contract/${Date.now().toString(36)}-${process.pid}-${++serial}`;

    beforeAll(async () => {
      started = await start();
      store = started.store;
    }, 120_000);
    afterAll(() => started?.stop());

    it('gives back what was put, and says its size, etag and time', async () => {
      const key = `${fresh()}/S2A_MSIL1C_20240101T000000.SAFE/manifest.safe`;
      const put = await store.put(key, text('<xfdu/>'), { mediaType: 'application/xml' });
      const head = await store.head(key);
      expect(head).toMatchObject({ key, size: 7, etag: put.etag });
      expect(put).toMatchObject({ key, size: 7 });
      expect(Math.abs(head.modified.getTime() - Date.now())).toBeLessThan(60_000);
      expect((await read(await store.get(key))).toString()).toBe('<xfdu/>');
    });

    it('keeps an empty object', async () => {
      const key = fresh();
      await store.put(key, text(''), { size: 0 });
      expect((await store.head(key)).size).toBe(0);
      expect(await read(await store.get(key))).toHaveLength(0);
      expect(await read(await store.get(key, { offset: 0, length: 10 }))).toHaveLength(0);
    });

    it('throws NotFoundError for an unknown key', async () => {
      await expect(store.head(fresh())).rejects.toThrow(NotFoundError);
      await expect(store.get(fresh())).rejects.toThrow(NotFoundError);
      await expect(store.get(fresh(), { offset: 5 })).rejects.toThrow(NotFoundError);
    });

    it.each([
      [{ offset: 0, length: 4 }, '0123'],
      [{ offset: 3, length: 4 }, '3456'],
      [{ offset: 7 }, '789'],
      [{ offset: 9, length: 1 }, '9'],
      [{ offset: 8, length: 100 }, '89'],
      [{ offset: 0 }, '0123456789'],
      [{ offset: 4, length: 0 }, ''],
    ])('reads the range %j', async (range, expected) => {
      const key = fresh();
      await store.put(key, text('0123456789'));
      expect((await read(await store.get(key, range))).toString()).toBe(expected);
    });

    it.each([
      { offset: 10 },
      { offset: 10, length: 0 },
      { offset: 11, length: 2 },
      { offset: -1 },
      { offset: 1, length: -1 },
      { offset: 0.5 },
    ])('refuses the range %j of ten bytes', async (range) => {
      const key = fresh();
      await store.put(key, text('0123456789'));
      await expect(store.get(key, range)).rejects.toThrow(InvalidError);
    });

    it('changes the etag whenever the bytes change, also when the length stays', async () => {
      const key = fresh();
      const etags = new Set<string>();
      for (let i = 0; i < 10; i++) etags.add((await store.put(key, text(`bytes ${i}`))).etag);
      expect(etags.size).toBe(10);
    });

    it('shows a reader the whole old or the whole new object while puts run', async () => {
      const key = fresh();
      const [old, young] = [Buffer.alloc(300_000, 'a'), Buffer.alloc(400_000, 'b')];
      await store.put(key, chunks(old));
      const reading = await store.get(key);
      const seen: Buffer[] = [];
      for await (const chunk of reading) {
        if (seen.length === 0) await store.put(key, chunks(young));
        seen.push(Buffer.from(chunk));
      }
      expect(Buffer.concat(seen).equals(old)).toBe(true);
      const writing = Promise.all([store.put(key, chunks(old)), store.put(key, chunks(young))]);
      for (let i = 0; i < 5; i++) {
        const bytes = await read(await store.get(key));
        expect(bytes.equals(old) || bytes.equals(young)).toBe(true);
      }
      await writing;
    });

    it('keeps one whole winner of concurrent puts', async () => {
      const key = `${fresh()}/deep/folder/object`;
      const bodies = Array.from({ length: 6 }, (_, i) => Buffer.alloc(100_000 + i, 65 + i));
      await Promise.all(bodies.map((body) => store.put(key, chunks(body))));
      const bytes = await read(await store.get(key));
      expect(bodies.some((body) => body.equals(bytes))).toBe(true);
    });

    it.each([undefined, 20 * MIB])('leaves the old object when a put is aborted (size %s)', async (size) => {
      const key = fresh();
      await store.put(key, text('old'));
      const abort = new AbortController();
      const reason = new Error('the user went away');
      async function* hanging(): AsyncGenerator<Uint8Array> {
        yield Buffer.alloc(9 * MIB);
        setTimeout(() => abort.abort(reason), 50);
        await new Promise(() => undefined);
      }
      const options = size === undefined ? {} : { size };
      await expect(store.put(key, hanging(), { ...options, signal: abort.signal })).rejects.toBe(reason);
      expect((await read(await store.get(key))).toString()).toBe('old');
      const unborn = fresh();
      await expect(store.put(unborn, text('x'), { signal: abort.signal })).rejects.toBe(reason);
      await expect(store.head(unborn)).rejects.toThrow(NotFoundError);
    });

    it("passes on the body's own error and leaves the old object", async () => {
      const key = fresh();
      await store.put(key, text('old'));
      const broken = Object.assign(new Error('upstream fell silent'), { code: 'ECONNRESET' });
      async function* failing(): AsyncGenerator<Uint8Array> {
        yield Buffer.alloc(9 * MIB);
        throw broken;
      }
      await expect(store.put(key, failing())).rejects.toBe(broken);
      expect((await read(await store.get(key))).toString()).toBe('old');
    });

    it.each([4, 6])('refuses a body of five bytes announced as %d', async (size) => {
      const key = fresh();
      await expect(store.put(key, text('12345'), { size })).rejects.toThrow(InvalidError);
      await expect(store.head(key)).rejects.toThrow(NotFoundError);
    });

    it.each([undefined, 200 * MIB])(
      'streams 200 MiB with flat memory (size %s)',
      async (size) => {
        const key = fresh();
        const total = 200 * MIB;
        globalThis.gc?.();
        const before = process.memoryUsage().rss;
        let peak = before;
        async function* watched(): AsyncGenerator<Uint8Array> {
          for await (const chunk of longBody(total)) {
            peak = Math.max(peak, process.memoryUsage().rss);
            yield chunk;
          }
        }
        await store.put(key, watched(), size === undefined ? {} : { size });
        const body = await store.get(key);
        const received = await digest(body);
        peak = Math.max(peak, process.memoryUsage().rss);
        process.stdout.write(`${name}: 200 MiB, resident memory grew by ${Math.round((peak - before) / MIB)} MiB\n`);
        expect(received).toBe(await digest(longBody(total)));
        expect((await store.head(key)).size).toBe(total);
        expect(peak - before).toBeLessThan(120 * MIB);
        await store.remove(key);
      },
      300_000,
    );

    it('reads a range across the parts of a big object', async () => {
      const key = fresh();
      const bytes = randomBytes(17 * MIB + 5);
      await store.put(key, chunks(bytes));
      const offset = 8 * MIB - 3;
      const part = await read(await store.get(key, { offset, length: 8 * MIB + 6 }));
      expect(part.equals(bytes.subarray(offset, offset + 8 * MIB + 6))).toBe(true);
    });

    it('releases the source when a reader ends early or is aborted', async () => {
      const key = fresh();
      await store.put(key, longBody(30 * MIB));
      for (let i = 0; i < 100; i++) {
        for await (const chunk of await store.get(key)) {
          expect(chunk.length).toBeGreaterThan(0);
          break;
        }
        await (await store.get(key))[Symbol.asyncIterator]().return?.();
      }
      const abort = new AbortController();
      const reading = read(await store.get(key, undefined, abort.signal));
      abort.abort();
      await expect(reading).rejects.toThrow();
    }, 60_000);

    it('removes, and removing again is no error', async () => {
      const key = `${fresh()}/a/b`;
      await store.put(key, text('x'));
      await store.remove(key);
      await store.remove(key);
      await expect(store.head(key)).rejects.toThrow(NotFoundError);
      await store.put(key, text('again'));
      expect((await store.head(key)).size).toBe(5);
    });

    it('puts and removes beside each other in one folder', async () => {
      const folder = fresh();
      await Promise.all(
        Array.from({ length: 20 }, async (_, i) => {
          await store.put(`${folder}/deep/${i}`, text('x'));
          if (i % 2 === 0) await store.remove(`${folder}/deep/${i}`);
        }),
      );
      expect(await keys(`${folder}/`)).toHaveLength(10);
    }, 60_000);

    it('lists in key order whatever begins with the prefix', async () => {
      const root = fresh();
      const names = ['b/2', 'a-b', 'a/x', 'a.c', 'a/x-y/1', 'a+=_', 'a0', 'B', '007', '1e3', 'b/10', 'c.SAFE/m.xml'];
      const sorted = names
        .map((key) => `${root}/${key}`)
        .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      await Promise.all(names.map((key) => store.put(`${root}/${key}`, text(key))));
      expect(await keys(`${root}/`)).toEqual(sorted);
      expect(await keys(`${root}/a`)).toEqual(sorted.filter((key) => key.startsWith(`${root}/a`)));
      expect(await keys(`${root}/b/1`)).toEqual([`${root}/b/10`]);
      expect(await keys(`${root}/nothing`)).toEqual([]);
      const [first] = await collect(store.list(`${root}/a-b`));
      const { size, etag } = await store.head(`${root}/a-b`);
      expect(first).toMatchObject({ key: `${root}/a-b`, size, etag });
      expect(first?.modified.getTime()).toBeGreaterThan(Date.now() - 60_000);
    });

    it('lists a key that looks like a number as it is', async () => {
      for (const key of ['007', '1e3', '0x1F']) await store.put(key, text('x'));
      expect(await keys('0')).toEqual(['007', '0x1F']);
      expect(await keys('1e3')).toEqual(['1e3']);
    });

    it.each([
      '',
      '/',
      '/a',
      'a/',
      'a//b',
      '..',
      '.',
      'a/../b',
      'a/./b',
      '../etc/passwd',
      'a\\b',
      'a b',
      'ä',
      'a\0b',
      'a\nb',
      'a%2fb',
      '~incoming/x',
      `${'a/'.repeat(600)}a`,
      'x'.repeat(256),
    ])('refuses the key %j', async (key) => {
      await expect(store.put(key, text('x'))).rejects.toThrow(InvalidError);
      await expect(store.get(key)).rejects.toThrow(InvalidError);
      await expect(store.head(key)).rejects.toThrow(InvalidError);
      await expect(store.remove(key)).rejects.toThrow(InvalidError);
      await expect(store.presign(key, 60)).rejects.toThrow(InvalidError);
    });

    it.each(['/', 'a//b', '../', 'a/../b', '~', 'a b'])('refuses the prefix %j', async (prefix) => {
      await expect(keys(prefix)).rejects.toThrow(InvalidError);
    });

    it('presigns a URL that fetches the object, or nothing', async () => {
      const key = fresh();
      await store.put(key, text('presigned'));
      const url = await store.presign(key, 60);
      if (url !== undefined) expect(await (await fetch(url)).text()).toBe('presigned');
    });

    it('is ready', async () => {
      await expect(store.check()).resolves.toBeUndefined();
    });

    async function keys(prefix: string): Promise<readonly string[]> {
      const found: ObjectInfo[] = await collect(store.list(prefix));
      return found.map(({ key }) => key);
    }
  });
}
