import { beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { pack } from 'tar-stream';
import { layoutStoreZip, writeStoreZip } from '#protocols/zip/store-zip.js';
import { deliverFolder, deliverZip } from './deliverable.js';
import { openFolderTree } from './folder-tree.js';
import { openInput } from './open-input.js';
import { packFolder } from './pack-tar.js';
import { unpackTar } from './unpack-tar.js';
import { verifyFiles, type ExpectedFile } from './verify-files.js';
import { openZipTree } from './zip-tree.js';

const MAX = 1 << 24;
const signal = new AbortController().signal;
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

let folder: string;

async function bytesOf(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(source));
}

/** A product of two files in a folder, and the same as a zip. */
async function product(): Promise<{ safe: string; zip: string }> {
  const safe = join(folder, 'X.SAFE');
  await mkdir(join(safe, 'data', 'none'), { recursive: true });
  await writeFile(join(safe, 'manifest.safe'), '<manifest/>');
  await writeFile(join(safe, 'data', 'a.txt'), 'abc');
  const deliverable = await deliverFolder(
    await openFolderTree(safe),
    await verifyFiles(await openFolderTree(safe), [], () => undefined, signal),
  );
  const zip = join(folder, 'X.SAFE.zip');
  await writeFile(zip, await bytesOf(deliverable.read()));
  return { safe, zip };
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frombork-tree-'));
});

describe('a product as a folder and as a zip', () => {
  it('has the same files, and the zip of the folder taken in as a zip is delivered to the byte', async () => {
    const { safe, zip } = await product();
    const fromFolder = await openFolderTree(safe);
    const fromZip = await openZipTree(zip, join(folder, 'scratch'), MAX);
    expect(fromZip.root).toBe('X.SAFE');
    expect(fromZip.files.map(({ path, size }) => [path, size])).toEqual([
      ['X.SAFE/data/a.txt', 3],
      ['X.SAFE/manifest.safe', 11],
    ]);
    const checked = await verifyFiles(fromZip, [], () => undefined, signal);
    const one = await deliverFolder(fromFolder, await verifyFiles(fromFolder, [], () => undefined, signal));
    const two = await deliverZip(zip, 'X.SAFE.zip', fromZip.files, checked);
    expect(two.digests).toEqual(one.digests);
    expect(two.nodes).toEqual(one.nodes);
    const bytes = await readFile(zip);
    for (const node of two.nodes ?? []) {
      const content = bytes.subarray(node.offset, node.offset + node.storedSize);
      expect(content.toString()).toBe(await readFile(join(folder, node.path), 'utf8'));
      expect(crc32(content)).toBe(node.crc32);
    }
    expect(await readFile(await fromZip.localFile('X.SAFE/data/a.txt'), 'utf8')).toBe('abc');
    await fromZip.close();
  });

  it.each<[string, ExpectedFile, RegExp]>([
    ['missing', { path: 'X.SAFE/b.tiff' }, /names X\.SAFE\/b\.tiff, which is not in the product/],
    ['cut short', { path: 'X.SAFE/data/a.txt', size: 4 }, /has 3 bytes, the manifest says 4/],
    [
      'damaged',
      { path: 'X.SAFE/data/a.txt', digest: { algorithm: 'md5', value: md5('abd') } },
      /is damaged: its MD5 is/,
    ],
  ])('is refused where a file is %s', async (_what, expected, reason) => {
    const { safe } = await product();
    await expect(verifyFiles(await openFolderTree(safe), [expected], () => undefined, signal)).rejects.toThrow(reason);
  });

  it('keeps the digest the manifest gave and we found right', async () => {
    const { safe } = await product();
    const digest = { algorithm: 'md5', value: md5('abc') } as const;
    const checked = await verifyFiles(
      await openFolderTree(safe),
      [{ path: 'X.SAFE/data/a.txt', digest }],
      () => undefined,
      signal,
    );
    expect(checked.get('X.SAFE/data/a.txt')).toEqual({ crc32: crc32('abc'), digest });
  });

  it('may not hold links', async () => {
    const { safe } = await product();
    await symlink('/etc/passwd', join(safe, 'link'));
    await expect(openFolderTree(safe)).rejects.toThrow('link or a special file');
  });
});

describe('a zip that cannot be trusted', () => {
  it('is refused when cut short, damaged, too large or no zip at all', async () => {
    const { zip } = await product();
    const bytes = await readFile(zip);
    const cut = join(folder, 'cut.zip');
    await writeFile(cut, bytes.subarray(0, bytes.length - 30));
    await expect(openInput(cut, folder, MAX)).rejects.toThrow('cut short or damaged');
    await expect(openInput(zip, folder, 5)).rejects.toThrow('more than this mirror takes in');
    const damaged = join(folder, 'damaged.zip');
    bytes[bytes.indexOf('abc')] = 0x7a;
    await writeFile(damaged, bytes);
    const tree = await openZipTree(damaged, folder, MAX);
    await expect(verifyFiles(tree, [], () => undefined, signal)).rejects.toThrow('CRC does not match');
    const text = join(folder, 'readme.txt');
    await writeFile(text, 'hello');
    await expect(openInput(text, folder, MAX)).rejects.toThrow('neither a SAFE or SEN3 folder');
  });

  it('cannot write outside (zip slip)', async () => {
    const evil = '../../evil.txt';
    const layout = layoutStoreZip([{ path: evil, size: 1, crc32: crc32('x') }]);
    const file = join(folder, 'evil.zip');
    await writeFile(file, await bytesOf(writeStoreZip(layout, () => Readable.from([Buffer.from('x')]))));
    await expect(openZipTree(file, join(folder, 'a', 'b'), MAX)).rejects.toThrow('invalid relative path');
  });
});

describe('a folder that travels as tar', () => {
  it('arrives as it was', async () => {
    const { safe } = await product();
    const target = join(folder, 'arrived');
    await unpackTar(packFolder(safe), target, MAX);
    const files = (await openFolderTree(join(target, 'X.SAFE'))).files;
    expect(files).toEqual((await openFolderTree(safe)).files);
    expect(await readFile(join(target, 'X.SAFE', 'data', 'a.txt'), 'utf8')).toBe('abc');
  });

  it('is refused when cut short, too large, or naming places outside', async () => {
    const { safe } = await product();
    const bytes = await bytesOf(packFolder(safe));
    await expect(unpackTar(Readable.from([bytes.subarray(0, 700)]), join(folder, 't1'), MAX)).rejects.toThrow(
      'damaged or was cut short',
    );
    await expect(unpackTar(Readable.from([bytes]), join(folder, 't2'), 5)).rejects.toThrow('larger than');
    for (const name of ['../../da/x', '/da/x', 'a/../../x']) {
      const evil = pack();
      evil.entry({ name }, 'x');
      evil.finalize();
      await expect(
        unpackTar(Readable.from(evil as AsyncIterable<Uint8Array>), join(folder, 't3'), MAX),
      ).rejects.toThrow('not allowed in a product');
    }
    const link = pack();
    link.entry({ name: 'a', type: 'symlink', linkname: '/etc/passwd' });
    link.finalize();
    await expect(unpackTar(Readable.from(link as AsyncIterable<Uint8Array>), join(folder, 't4'), MAX)).rejects.toThrow(
      'link',
    );
    expect(await readdir(folder)).not.toContain('da');
  });
});
