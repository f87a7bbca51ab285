import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { open, readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { crc32, deflateRawSync } from 'node:zlib';
import type { ProductContent, ProductNode } from '#domain/product/content.js';
import type { Product } from '#domain/product/product.js';
import { startArchiveService, type ArchiveService } from '#test/support/archive-service.js';
import { testProduct } from '#test/support/catalogue-products.js';

import { DownloadModule } from './download.module.js';

const run = promisify(execFile);
const SPARSE_SIZE = 5 * 2 ** 30;
const SPARSE_MARKS = [2 ** 31 - 4, 2 ** 32 - 4, SPARSE_SIZE - 8];

const manifest = Buffer.from('<manifest/>'.repeat(50));
const band = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 251));
const deflatedBand = deflateRawSync(band);
/** Large enough for four pieces, and no piece like another. */
const filler = Buffer.from(
  Uint32Array.from({ length: 2_000_000 }, (_, index) => Math.imul(index, 2_654_435_761)).buffer,
);
const archive = Buffer.concat([Buffer.alloc(100), manifest, Buffer.alloc(60), deflatedBand, filler]);
const sha = createHash('sha256').update(archive).digest('hex');
const nodes: ProductNode[] = [
  {
    path: 'X.SAFE/manifest.safe',
    size: manifest.length,
    crc32: crc32(manifest),
    method: 0,
    offset: 100,
    storedSize: manifest.length,
  },
  {
    path: 'X.SAFE/GRANULE/band & 1.jp2',
    size: band.length,
    crc32: crc32(band),
    method: 8,
    offset: 160 + manifest.length,
    storedSize: deflatedBand.length,
  },
];

const content = (changes: Partial<ProductContent> = {}): ProductContent => ({
  key: 'products/X.zip',
  fileName: 'X.SAFE.zip',
  mediaType: 'application/zip',
  size: archive.length,
  digests: [
    { algorithm: 'sha-256', value: sha },
    { algorithm: 'md5', value: createHash('md5').update(archive).digest('hex') },
  ],
  ...changes,
});

const stored = (id: string, changes: Partial<Product>): Product =>
  testProduct(id, { collection: 'sentinel-2-l1c', ...changes });

const products: Product[] = [
  stored('X', {
    online: 'online',
    content: content({ nodesKey: 'products/X.nodes.json' }),
    assets: {
      quicklook: { location: { key: 'products/X.jpg' }, roles: ['thumbnail'], mediaType: 'image/jpeg' },
      manifest: { location: { key: 'products/X.zip', offset: 100, length: manifest.length }, roles: ['metadata'] },
      elsewhere: { href: 'https://example.org/x.tif', roles: ['data'] },
    },
  }),
  stored('BIG', {
    online: 'online',
    content: content({ key: 'products/BIG.nc', fileName: 'BIG.nc', size: SPARSE_SIZE }),
  }),
  stored('LTA', { online: 'offline', content: content() }),
  stored('META', { online: 'metadata-only' }),
  stored('DAMAGED', { online: 'online', content: content({ size: archive.length + 1 }) }),
];

describe('download gateway', () => {
  let service: ArchiveService;

  beforeAll(async () => {
    service = await startArchiveService({
      modules: [DownloadModule],
    });
    await service.put('products/X.zip', archive);
    await service.put('products/X.jpg', Buffer.from('a picture'));
    await service.put('products/X.nodes.json', Buffer.from(JSON.stringify(nodes)));
    await service.put('products/BIG.nc', Buffer.alloc(0));
    const sparse = await open(join(service.folder, 'objects/products/BIG.nc'), 'r+');
    await sparse.truncate(SPARSE_SIZE);
    for (const mark of SPARSE_MARKS) await sparse.write(Buffer.from('frombork'), 0, 8, mark);
    await sparse.close();
    await service.publish(products);
  }, 120_000);

  afterAll(() => service.stop());

  const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
    fetch(`${service.url}${path}`, { method, headers });
  const bytes = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer());
  const FILE = '/dl/sentinel-2-l1c/X/X.SAFE.zip';

  it('delivers the product byte-identical, with everything a client checks', async () => {
    const answer = await get(FILE, { 'want-digest': 'SHA-512;q=1, SHA-256;q=1, SHA;q=0.1' });
    expect(answer.status).toBe(200);
    expect((await bytes(answer)).equals(archive)).toBe(true);
    const digest = Buffer.from(sha, 'hex').toString('base64');
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'content-disposition': 'attachment; filename="X.SAFE.zip"',
      'content-length': String(archive.length),
      'content-type': 'application/zip',
      digest: `SHA-256=${digest}`,
      etag: `"${sha}"`,
      'repr-digest': `sha-256=:${digest}:`,
      'x-content-type-options': 'nosniff',
    });
    expect(answer.headers.get('last-modified')).toMatch(/GMT$/);
    expect(answer.headers.get('x-request-id')).not.toBeNull();
  });

  it.each([
    FILE,
    '/download/X.SAFE.zip',
    '/dl/sentinel-2-l1c/X/asset/manifest',
    '/dl/sentinel-2-l1c/X/nodes/X.SAFE/manifest.safe',
  ])('answers HEAD like GET (RFC 9110 §9.3.2): %s', async (path) => {
    const [head, whole] = [await get(path, {}, 'HEAD'), await get(path)];
    const fields = (answer: Response) =>
      [...answer.headers].filter(([name]) => !['date', 'x-request-id', 'connection', 'keep-alive'].includes(name));
    expect(head.status).toBe(200);
    expect(fields(head)).toEqual(fields(whole));
    expect(Number(head.headers.get('content-length'))).toBe((await bytes(whole)).length);
    expect(await head.text()).toBe('');
  });

  it('finds the product by file name, also with a slash after it or without the extensions (CODE-DE)', async () => {
    for (const path of ['/download/X.SAFE.zip', '/download/X.SAFE.zip/', '/download/X.zip', '/download/X']) {
      expect((await bytes(await get(path))).equals(archive)).toBe(true);
    }
  });

  it.each([
    ['bytes=0-', 0, archive.length],
    [`bytes=5-${archive.length}`, 5, archive.length],
    ['bytes=-10', archive.length - 10, archive.length],
    ['bytes=1000-1999', 1000, 2000],
  ])('sends %s as 206 (DHuS synchroniser, wget -c)', async (range, from, to) => {
    const answer = await get(FILE, { range, 'if-range': `"${sha}"` });
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/${archive.length}`);
    expect((await bytes(answer)).equals(archive.subarray(from, to))).toBe(true);
  });

  it('sends several ranges as multipart/byteranges', async () => {
    const answer = await get(FILE, { range: 'bytes=0-9,1000-1009,-5' });
    const body = await bytes(answer);
    expect(answer.status).toBe(206);
    expect(Number(answer.headers.get('content-length'))).toBe(body.length);
    const boundary = /^multipart\/byteranges; boundary=(.+)$/.exec(answer.headers.get('content-type') ?? '')?.[1] ?? '';
    const parts = body.toString('latin1').split(`--${boundary}`);
    expect(parts).toHaveLength(5);
    expect(parts[2]).toBe(
      `\r\nContent-Type: application/zip\r\nContent-Range: bytes 1000-1009/${archive.length}\r\n\r\n` +
        `${archive.toString('latin1', 1000, 1010)}\r\n`,
    );
  });

  it('says 416 with the length, 304, 412, and 200 for another version', async () => {
    const past = await get(FILE, { range: `bytes=${archive.length}-` });
    expect([past.status, past.headers.get('content-range')]).toEqual([416, `bytes */${archive.length}`]);
    expect(past.headers.get('content-type')).toBe('application/problem+json');
    const known = await get(FILE, { 'if-none-match': `"${sha}"` });
    expect([known.status, await known.text(), known.headers.get('etag')]).toEqual([304, '', `"${sha}"`]);
    expect((await get(FILE, { 'if-match': '"other"' })).status).toBe(412);
    const other = await get(FILE, { range: 'bytes=5-', 'if-range': '"other"' });
    expect([other.status, (await bytes(other)).length]).toEqual([200, archive.length]);
  });

  it('counts past 2^31 and 2^32', async () => {
    for (const mark of SPARSE_MARKS) {
      const answer = await get('/dl/sentinel-2-l1c/BIG/BIG.nc', { range: `bytes=${mark}-${mark + 7}` });
      expect([answer.status, await answer.text()]).toEqual([206, 'frombork']);
    }
    expect(await (await get('/dl/sentinel-2-l1c/BIG/BIG.nc', { range: 'bytes=-8' })).text()).toBe('frombork');
    expect((await get('/dl/sentinel-2-l1c/BIG/BIG.nc', {}, 'HEAD')).headers.get('content-length')).toBe(
      String(SPARSE_SIZE),
    );
  });

  it('serves files inside the zip, stored and deflated, whole and in part', async () => {
    expect((await bytes(await get('/dl/sentinel-2-l1c/X/nodes/X.SAFE/manifest.safe'))).equals(manifest)).toBe(true);
    const path = '/dl/sentinel-2-l1c/X/nodes/X.SAFE/GRANULE/band%20%26%201.jp2';
    const whole = await get(path);
    expect(whole.headers.get('content-disposition')).toBe('attachment; filename="band & 1.jp2"');
    expect((await bytes(whole)).equals(band)).toBe(true);
    const part = await get(path, { range: 'bytes=200000-200099' });
    expect((await bytes(part)).equals(band.subarray(200_000, 200_100))).toBe(true);
  });

  it('serves assets: pictures inline, windows of the zip', async () => {
    const picture = await get('/dl/sentinel-2-l1c/X/asset/quicklook');
    expect(picture.headers.get('content-disposition')).toBe('inline; filename="X-X.jpg"');
    expect(await picture.text()).toBe('a picture');
    expect((await bytes(await get('/dl/sentinel-2-l1c/X/asset/manifest'))).equals(manifest)).toBe(true);
  });

  it('lists folders as plain links and as JSON', async () => {
    const page = await get('/dl/sentinel-2-l1c/X/nodes/X.SAFE/GRANULE/', { accept: 'text/html' });
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain(
      '<a href="/dl/sentinel-2-l1c/X/nodes/X.SAFE/GRANULE/band%20%26%201.jp2">band &amp; 1.jp2</a>',
    );
    const json = async (path: string) =>
      (
        (await (await get(path, { accept: 'application/json' })).json()) as {
          entries: { name: string; href: string }[];
        }
      ).entries;
    expect((await json('/dl/')).map(({ name }) => name)).toEqual(['sentinel-2-l1c/']);
    expect((await json('/dl/sentinel-2-l1c/')).map(({ name }) => name)).toContain('X/');
    expect(await json('/dl/sentinel-2-l1c/X/')).toEqual([
      expect.objectContaining({ name: 'X.SAFE.zip', href: `${service.url}${FILE}`, size: archive.length, sha256: sha }),
      expect.objectContaining({ name: 'nodes/' }),
      expect.objectContaining({ name: 'asset/quicklook' }),
    ]);
    expect((await json('/dl/sentinel-2-l1c/X/nodes/')).map(({ name }) => name)).toEqual(['X.SAFE/']);
  });

  it.each([
    ['/dl/sentinel-2-l1c/LTA/X.SAFE.zip', 409, 'long-term archive'],
    ['/dl/sentinel-2-l1c/META/META.zip', 404, 'metadata only'],
    ['/dl/sentinel-2-l1c/META/nodes/x', 404, 'metadata only'],
    ['/dl/sentinel-2-l1c/NONE/x.zip', 404, 'no product NONE'],
    ['/dl/sentinel-2-l1c/X/Y.zip', 404, 'its download is X.SAFE.zip'],
    ['/dl/sentinel-2-l1c/X/asset/constructor', 404, 'no asset'],
    ['/dl/sentinel-2-l1c/X/asset/elsewhere', 404, 'https://example.org/x.tif'],
    ['/dl/sentinel-2-l1c/X/nodes/X.SAFE/none', 404, 'no X.SAFE/none'],
    ['/dl/sentinel-2-l1c/X/nodes/..%2f..%2fetc%2fpasswd', 404, 'There is no'],
    ['/dl/none/', 404, 'no collection'],
    ['/download/NONE.SAFE.zip', 404, 'no product'],
    ['/dl/sentinel-2-l1c/DAMAGED/X.SAFE.zip', 503, 'damaged'],
  ])('%s is %d as problem+json, also for ranges', async (path, status, detail) => {
    const answer = await get(path, { range: 'bytes=0-1' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    expect(answer.headers.get('content-range')).toBeNull();
    expect(await answer.json()).toMatchObject({ status, detail: expect.stringContaining(detail) });
  });

  it('stops reading when the client leaves', async () => {
    const opened = async () => {
      const links = await Promise.all(
        (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
      );
      return links.filter((path) => path.endsWith('BIG.nc')).length;
    };
    const leaving = request(`${service.url}/dl/sentinel-2-l1c/BIG/BIG.nc`, (answer) =>
      answer.once('data', () => answer.pause()),
    );
    leaving.on('error', () => undefined);
    leaving.end();
    await until(async () => (await opened()) === 1);
    leaving.destroy();
    await until(async () => (await opened()) === 0);
  });

  describe('with real clients', () => {
    const cut = Math.floor(archive.length / 3);

    it('curl -C - goes on after a cut', async () => {
      const file = join(service.folder, 'curl.zip');
      await writeFile(file, archive.subarray(0, cut));
      await run('curl', ['-sS', '--fail', '-C', '-', '-o', file, `${service.url}${FILE}`]);
      expect((await readFile(file)).equals(archive)).toBe(true);
    });

    it('wget -c goes on after a cut and is content when complete', async () => {
      const file = join(service.folder, 'wget.zip');
      await writeFile(file, archive.subarray(0, cut));
      const wget = () => run('wget', ['-q', '-c', '-O', file, `${service.url}/download/X.SAFE.zip`]);
      await wget();
      expect((await readFile(file)).equals(archive)).toBe(true);
      await wget();
      expect((await readFile(file)).equals(archive)).toBe(true);
    });

    it('aria2c -x4 takes it in four pieces and checks the digest', async () => {
      const options = [
        '-q',
        '-x4',
        '-s4',
        '-k1M',
        '--max-download-limit=8M',
        '-d',
        service.folder,
        '-o',
        'aria.zip',
        `--checksum=sha-256=${sha}`,
      ];
      const before = await partsSent();
      await run('aria2c', [...options, `${service.url}${FILE}`]);
      expect((await readFile(join(service.folder, 'aria.zip'))).equals(archive)).toBe(true);
      expect((await partsSent()) - before).toBeGreaterThanOrEqual(3);
    });

    const partsSent = async (): Promise<number> => {
      const line = /_count\{method="GET",route="\/dl\/:collection\/:id\/:file",status="206"[^}]*\} (\d+)/;
      return Number(line.exec(await (await get('/metrics')).text())?.[1]);
    };
  });
});

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await isTrue()) return;
    await delay(50);
  }
  throw new Error('It did not happen within five seconds.');
}
