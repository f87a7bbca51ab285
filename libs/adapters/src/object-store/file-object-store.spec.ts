import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, open, readFile, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConflictError, InvalidError, NotFoundError, UnavailableError } from '#domain/errors.js';
import { fileError } from './file-error.js';
import { FileObjectStore } from './file-object-store.js';
import { collect, objectStoreContract } from './object-store.contract.js';

async function* text(value: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(value);
}

objectStoreContract('files', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'frombork-objects-'));
  return { store: await FileObjectStore.open(folder), stop: () => rm(folder, { recursive: true }) };
});

describe('FileObjectStore', () => {
  let folder: string;
  let root: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'frombork-objects-'));
    root = join(folder, 'objects');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('keeps an object as a plain file at its key', async () => {
    const store = await FileObjectStore.open(root);
    await store.put('a/b.txt', text('x'));
    expect(await readFile(join(root, 'a/b.txt'), 'utf8')).toBe('x');
  });

  it('keeps objects over a restart with their etags', async () => {
    const { etag } = await (await FileObjectStore.open(root)).put('a', text('x'));
    expect((await (await FileObjectStore.open(root)).head('a')).etag).toBe(etag);
  });

  it('changes the etag when somebody edits the file in place', async () => {
    const store = await FileObjectStore.open(root);
    const { etag } = await store.put('a', text('x'));
    await writeFile(join(root, 'a'), 'y');
    expect((await store.head('a')).etag).not.toBe(etag);
  });

  it('prunes the folders a remove leaves empty, and only those', async () => {
    const store = await FileObjectStore.open(root);
    await store.put('a/b/c', text('x'));
    await store.put('a/d', text('x'));
    await store.remove('a/b/c');
    expect(await readdir(join(root, 'a'))).toEqual(['d']);
    await store.remove('a/d');
    expect(await readdir(root)).toEqual(['~incoming']);
  });

  it('leaves nothing behind a failed put', async () => {
    const store = await FileObjectStore.open(root);
    await expect(store.put('a/b', text('x'), { size: 2 })).rejects.toThrow(InvalidError);
    expect(await readdir(root, { recursive: true })).toEqual(['~incoming']);
  });

  it('sweeps at open what killed processes left, not what others are writing', async () => {
    await FileObjectStore.open(root);
    const incoming = join(root, '~incoming');
    const dead = spawnSync(process.execPath, ['--version']).pid;
    const left = [
      `${dead}~owner~1~${hostname()}`,
      `${process.pid}~former-owner~1~${hostname()}`,
      '1~owner~1~elsewhere-old',
    ];
    const alive = [`${process.ppid}~owner~1~${hostname()}`, '1~owner~1~elsewhere-new'];
    for (const name of [...left, ...alive]) await writeFile(join(incoming, name), 'half');
    await utimes(join(incoming, '1~owner~1~elsewhere-old'), 1, 1);
    await FileObjectStore.open(root);
    expect((await readdir(incoming)).sort()).toEqual(alive.sort());
  });

  it('does not sweep a put in progress when opened a second time in one process', async () => {
    const store = await FileObjectStore.open(root);
    let goOn: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (goOn = resolve));
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('first ');
      await opened;
      yield Buffer.from('second');
    }
    const put = store.put('a', slow());
    await FileObjectStore.open(root);
    goOn();
    expect((await put).size).toBe(12);
  });

  it('follows no link inside the folder', async () => {
    const store = await FileObjectStore.open(root);
    const outside = join(folder, 'outside');
    await mkdir(outside);
    await writeFile(join(outside, 'secret'), 'secret');
    await symlink(outside, join(root, 'linked'));
    await symlink(join(outside, 'secret'), join(root, 'file'));
    await expect(store.get('linked/secret')).rejects.toThrow(InvalidError);
    await expect(store.get('file')).rejects.toThrow(NotFoundError);
    await expect(store.put('linked/new/deep', text('x'))).rejects.toThrow(InvalidError);
    await expect(store.remove('linked/secret')).rejects.toThrow(InvalidError);
    expect(await collect(store.list(''))).toEqual([]);
    expect(await readdir(outside)).toEqual(['secret']);
    await store.put('file', text('own'));
    expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret');
  });

  it('opens a folder that is itself reached through a link', async () => {
    await mkdir(join(folder, 'disk'));
    await symlink(join(folder, 'disk'), root);
    const store = await FileObjectStore.open(root);
    await store.put('a/b', text('x'));
    expect((await store.head('a/b')).size).toBe(1);
  });

  it('refuses a key that is a folder of another, and the other way round', async () => {
    const store = await FileObjectStore.open(root);
    await store.put('a/b', text('x'));
    await expect(store.put('a', text('x'))).rejects.toThrow(ConflictError);
    await expect(store.put('a/b/c', text('x'))).rejects.toThrow(ConflictError);
    await expect(store.head('a')).rejects.toThrow(NotFoundError);
    await expect(store.head('a/b/c')).rejects.toThrow(NotFoundError);
    await store.remove('a');
    expect((await store.head('a/b')).size).toBe(1);
  });

  it('does not hang on a pipe in the folder', async () => {
    const store = await FileObjectStore.open(root);
    expect(spawnSync('mkfifo', [join(root, 'pipe')]).status).toBe(0);
    await expect(store.get('pipe')).rejects.toThrow(NotFoundError);
  });

  it('says that a full disk makes the store unavailable', async () => {
    const full = await open('/dev/full', 'w');
    const error: unknown = await full.writeFile('x').catch((problem: unknown) => problem);
    await full.close();
    expect(fileError(error, 'a')).toBeInstanceOf(UnavailableError);
    expect(String(fileError(error, 'a'))).toContain('the disk is full');
  });

  it('is not ready when its folder is gone', async () => {
    const store = await FileObjectStore.open(root);
    await rm(root, { recursive: true });
    await expect(store.check()).rejects.toThrow(UnavailableError);
  });
});
