import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvalidError, UnavailableError } from '#domain/errors.js';
import { startS3Server, type S3Server } from '#test/support/s3-server.js';
import { freePort } from '#test/support/daemon.js';
import { collect, objectStoreContract, type StartedObjectStore } from './object-store.contract.js';
import { objectStoreConfig } from './object-store.config.js';
import { openObjectStore } from './open-object-store.js';
import { S3ObjectStore } from './s3-object-store.js';

const MIB = 1024 * 1024;
let server: S3Server;
beforeAll(async () => {
  server = await startS3Server();
}, 120_000);
afterAll(() => server?.stop());

async function* bytes(size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; at += 65_536) yield Buffer.alloc(Math.min(65_536, size - at), 'x');
}

async function opened(): Promise<StartedObjectStore> {
  const store = new S3ObjectStore(server);
  await store.ensureBucket();
  return { store, stop: () => Promise.resolve() };
}

objectStoreContract('S3', opened);

describe('S3ObjectStore', () => {
  it('keeps the media type', async () => {
    const { store } = await opened();
    await store.put('typed/a.jp2', bytes(3), { mediaType: 'image/jp2' });
    expect((await store.head('typed/a.jp2')).mediaType).toBe('image/jp2');
    await store.put('typed/big.jp2', bytes(9 * MIB), { mediaType: 'image/jp2', size: 9 * MIB });
    expect((await store.head('typed/big.jp2')).mediaType).toBe('image/jp2');
  });

  it('leaves no upload behind an aborted put, and sweeps what a killed process left', async () => {
    const store = new S3ObjectStore({ ...server, bucket: 'frombork-sweep' });
    await store.ensureBucket();
    const abort = new AbortController();
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (let i = 0; ; i++) {
        yield Buffer.alloc(MIB);
        if (i === 40) abort.abort(new Error('stop'));
      }
    }
    await expect(store.put('a/aborted', endless(), { signal: abort.signal })).rejects.toThrow('stop');
    expect(await store.sweep(-60_000)).toBe(0);
    await leaveUpload('frombork-sweep', 'a/killed');
    expect(await store.sweep()).toBe(0);
    expect(await store.sweep(-60_000)).toBe(1);
    expect(await store.sweep(-60_000)).toBe(0);
  });

  it('lists more than a page', async () => {
    const store = new S3ObjectStore({ ...server, bucket: 'frombork-pages' });
    await store.ensureBucket();
    const names = Array.from({ length: 1_050 }, (_, i) => `many/${String(i).padStart(5, '0')}`);
    for (let at = 0; at < names.length; at += 25) {
      await Promise.all(names.slice(at, at + 25).map((name) => store.put(name, bytes(1))));
    }
    expect((await collect(store.list('many/'))).map(({ key }) => key)).toEqual(names);
  }, 120_000);

  it('repeats what a busy server and a broken connection refused', async () => {
    const flaky = await startFlakyProxy(server.endpoint, 3);
    const store = new S3ObjectStore({ ...server, endpoint: flaky.url });
    await store.put('flaky/small', bytes(10));
    await store.put('flaky/big', bytes(20 * MIB));
    expect((await store.head('flaky/big')).size).toBe(20 * MIB);
    expect(Buffer.concat(await collect(await store.get('flaky/small'))).toString()).toBe('x'.repeat(10));
    expect(flaky.refused()).toBeGreaterThan(2);
    await flaky.stop();
  }, 60_000);

  it('refuses a presigned URL longer than SigV4 allows', async () => {
    const { store } = await opened();
    await expect(store.presign('a', 8 * 24 * 3600)).rejects.toThrow(InvalidError);
    await expect(store.presign('a', 0)).rejects.toThrow(InvalidError);
  });

  it('refuses a presigned URL that was altered', async () => {
    const { store } = await opened();
    await store.put('signed/a', bytes(1));
    await store.put('signed/b', bytes(1));
    const url = await store.presign('signed/a', 60);
    expect((await fetch(url ?? '')).status).toBe(200);
    expect((await fetch((url ?? '').replace('signed/a', 'signed/b'))).status).toBe(403);
  });

  it('says UnavailableError where nobody listens and where the keys are wrong', async () => {
    const nobody = new S3ObjectStore({ ...server, endpoint: `http://127.0.0.1:${await freePort()}` });
    await expect(nobody.check()).rejects.toThrow(UnavailableError);
    await expect(nobody.put('a', bytes(1))).rejects.toThrow(UnavailableError);
    const stranger = new S3ObjectStore({ ...server, secretKey: 'wrong' });
    await expect(stranger.put('a', bytes(1))).rejects.toThrow(/refuses the access key/);
    const lost = new S3ObjectStore({ ...server, bucket: 'frombork-nowhere' });
    await expect(lost.check()).rejects.toThrow(/does not exist/);
    await expect(lost.put('a', bytes(1))).rejects.toThrow(UnavailableError);
  }, 30_000);

  it('opens by configuration and makes the bucket', async () => {
    const keys = { S3_ENDPOINT: server.endpoint, S3_BUCKET: 'frombork-made', S3_REGION: server.region };
    await expect(openObjectStore(objectStoreConfig.parse(keys))).rejects.toThrow(/S3_SECRET_KEY/);
    const secrets = { S3_ACCESS_KEY: server.accessKey, S3_SECRET_KEY: server.secretKey };
    const adapter = await openObjectStore(objectStoreConfig.parse({ ...keys, ...secrets }));
    await expect(adapter.check()).resolves.toBeUndefined();
    await adapter.close();
  });

  /** What a process killed in the middle of a put leaves: an upload begun through a proxy that then lets nothing pass. */
  async function leaveUpload(bucket: string, key: string): Promise<void> {
    const proxy = await startFlakyProxy(server.endpoint, Infinity, (request) => request.method === 'POST');
    const store = new S3ObjectStore({ ...server, bucket, endpoint: proxy.url });
    await expect(store.put(key, bytes(20 * MIB))).rejects.toThrow(UnavailableError);
    await proxy.stop();
  }
});

/** A proxy before the real server: every request that does not pass is answered 503 or cut, `times` times each. */
async function startFlakyProxy(
  target: string,
  times: number,
  passes: (request: IncomingMessage) => boolean = () => false,
): Promise<{ url: string; refused: () => number; stop: () => Promise<void> }> {
  let refused = 0;
  let sinceRefusal = 0;
  const forward = (request: IncomingMessage, response: ServerResponse) => {
    const { method = 'GET', url = '/', headers } = request;
    const onward = http.request(`${target}${url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  };
  const proxy = http.createServer((request, response) => {
    const refuse = times === Infinity || sinceRefusal++ % (times + 1) === 0;
    if (passes(request) || !refuse) return forward(request, response);
    refused++;
    if (refused % 2 === 0) return request.socket.destroy();
    request.resume();
    return response.writeHead(503).end('busy');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      proxy.close(() => resolve());
      proxy.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, refused: () => refused, stop };
}
