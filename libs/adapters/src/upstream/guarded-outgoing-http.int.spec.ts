import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DeniedError, InvalidError, TimeoutError, TooLargeError, UnavailableError } from '#domain/errors.js';
import { AllowedHosts } from './allowed-hosts.js';
import { GuardedOutgoingHttp } from './guarded-outgoing-http.js';
import type { ResolveHost } from './resolve-checked.js';

interface Listening {
  readonly port: number;
  readonly asked: IncomingMessage[];
}

const servers: Server[] = [];

/** A server that remembers what reached it. */
async function listen(host: string, answer: RequestListener): Promise<Listening> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  servers.push(server.listen(0, host));
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, asked };
}

/** Stands for anything within: it must never be asked. */
let canary: Listening;
beforeEach(async () => {
  canary = await listen('127.0.0.1', (_, response) => response.end('secret'));
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

/** Only 127.0.0.2 is opened: there the peers are; the canary at 127.0.0.1 stays within. */
const guarded = (resolve?: ResolveHost) => new GuardedOutgoingHttp(new AllowedHosts('127.0.0.2/32'), resolve);
const peer = (answer: RequestListener) => listen('127.0.0.2', answer);
const redirecting = (location: string, status = 302) =>
  peer((_, response) => response.writeHead(status, { location }).end());

describe('GuardedOutgoingHttp against addresses that lead inwards', () => {
  it.each([
    'http://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://localhost.:PORT/',
    'http://127.0.0.1.:PORT/',
    'http://127.1:PORT/',
    'http://2130706433:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://0x7f000001:PORT/',
    'http://0x7f.0.0.0x1:PORT/',
    'http://0:PORT/',
    'http://0.0.0.0:PORT/',
    'http://[::1]:PORT/',
    'http://[::]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://[::127.0.0.1]:PORT/',
    'http://[64:ff9b::7f00:1]:PORT/',
    'http://[2002:7f00:1::]:PORT/',
    'http://①②⑦.⓪.⓪.①:PORT/',
    'http://127.0.0.1:PORT#@127.0.0.2/',
    'http://127.0.0.1:PORT\\@127.0.0.2/',
    'https://127.0.0.1:PORT/',
    'http:127.0.0.1:PORT/',
  ])('refuses %s', async (url) => {
    await expect(guarded().send({ url: url.replace('PORT', String(canary.port)) })).rejects.toThrow(
      /may not be asked|has credentials/,
    );
    expect(canary.asked).toEqual([]);
  });

  it.each([
    'http://user:secret@127.0.0.2:PORT/',
    'http://@127.0.0.2:PORT/',
    'http://127.0.0.2#@127.0.0.1:PORT@x/ y',
    'file:///etc/passwd',
    'gopher://127.0.0.1:PORT/_GET',
    'dict://127.0.0.1:PORT/info',
    'ftp://127.0.0.1:PORT/',
    'data:text/plain,x',
    'javascript:1',
    '//127.0.0.1:PORT/',
    'http://',
    'http://.../',
    'http://[::1',
    'http://a b/',
    '',
    `http://127.0.0.2/${'x'.repeat(20_000)}`,
  ])('refuses %.60s as it is written', async (url) => {
    const sent = guarded().send({ url: url.replace('PORT', String(canary.port)) });
    await expect(sent).rejects.toBeInstanceOf(url.includes('#@') ? UnavailableError : InvalidError);
    expect(canary.asked).toEqual([]);
  });

  it.each(['http://127.0.0.1:PORT/', '//127.0.0.1:PORT/', 'http://2130706433:PORT/', 'http://localhost:PORT/x'])(
    'does not follow a redirect to %s',
    async (location) => {
      const { port } = await redirecting(location.replace('PORT', String(canary.port)));
      await expect(guarded().send({ url: `http://127.0.0.2:${port}/` })).rejects.toBeInstanceOf(DeniedError);
      expect(canary.asked).toEqual([]);
    },
  );

  it.each(['file:///etc/passwd', 'gopher://x/', 'http://user@127.0.0.2/'])(
    'does not follow a redirect to %s',
    async (location) => {
      const { port } = await redirecting(location);
      await expect(guarded().send({ url: `http://127.0.0.2:${port}/` })).rejects.toBeInstanceOf(InvalidError);
    },
  );

  it('connects to what was checked when the name changes its address at once', async () => {
    const { port, asked } = await peer((_, response) => response.end('open'));
    const answers = ['127.0.0.2', '127.0.0.1', '127.0.0.1'];
    const resolve: ResolveHost = () => Promise.resolve([{ address: answers.shift()!, family: 4 }]);
    const answer = await guarded(resolve).send({ url: `http://rebind.example:${port}/` });
    expect(Buffer.from(answer.body).toString()).toBe('open');
    expect(asked).toHaveLength(1);
    expect(answers).toHaveLength(2);
    await expect(guarded(resolve).send({ url: `http://rebind.example:${canary.port}/` })).rejects.toBeInstanceOf(
      DeniedError,
    );
    expect(canary.asked).toEqual([]);
  });

  it('checks every address a name has', async () => {
    const resolve: ResolveHost = () =>
      Promise.resolve([
        { address: '127.0.0.2', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]);
    await expect(guarded(resolve).send({ url: `http://two.example:${canary.port}/` })).rejects.toBeInstanceOf(
      DeniedError,
    );
    expect(canary.asked).toEqual([]);
  });

  it('opens a host with its port, and no other port of it', async () => {
    const http = new GuardedOutgoingHttp(new AllowedHosts(`LocalHost:${canary.port}, [::1]:1`));
    const answer = await http.send({ url: `http://localhost.:${canary.port}/` });
    expect(answer.status).toBe(200);
    await expect(http.send({ url: `http://localhost:${canary.port + 1}/` })).rejects.toBeInstanceOf(DeniedError);
  });

  it.each(['10.0.0.0/99', 'http://x', 'a b', 'x:y:z', '10.0.0/8'])('refuses FEDERATION_ALLOW=%s', (text) => {
    expect(() => new AllowedHosts(text)).toThrow(/^FEDERATION_ALLOW: /);
  });
});

describe('GuardedOutgoingHttp on the way', () => {
  it('follows redirects by hand, five at most, and says where it ended', async () => {
    const { port, asked } = await peer(({ url = '' }, response) => {
      const left = Number(url.slice(1));
      if (left === 0) response.end('there');
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    const answer = await guarded().send({ url: `http://127.0.0.2:${port}/5#part` });
    expect(answer).toMatchObject({ status: 200, url: `http://127.0.0.2:${port}/0` });
    expect(asked).toHaveLength(6);
    await expect(guarded().send({ url: `http://127.0.0.2:${port}/6` })).rejects.toBeInstanceOf(UnavailableError);
  });

  it('leaves credentials behind at another origin, and the body where POST becomes GET', async () => {
    const there = await peer((_, response) => response.end());
    const here = await redirecting(`http://127.0.0.2:${there.port}/`);
    const headers = { Authorization: 'Bearer x', Cookie: 'a=b', 'Content-Type': 'text/xml', 'X-Kept': '1' };
    await guarded().send({ url: `http://127.0.0.2:${here.port}/`, method: 'POST', headers, body: '<a/>' });
    expect(here.asked[0]).toMatchObject({
      method: 'POST',
      headers: { authorization: 'Bearer x', 'content-length': '4' },
    });
    expect(there.asked[0]).toMatchObject({ method: 'GET', headers: { 'x-kept': '1' } });
    expect(Object.keys(there.asked[0]!.headers)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/authorization|cookie|content-type/)]),
    );
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('inflates %s, and no more of it than asked for', async (encoding, compress) => {
    const { port } = await peer(({ url }, response) => {
      response.setHeader('Content-Encoding', encoding);
      response.end(compress(url === '/bomb' ? Buffer.alloc(50_000_000) : 'plain'));
    });
    const answer = await guarded().send({ url: `http://127.0.0.2:${port}/` });
    expect(Buffer.from(answer.body).toString()).toBe('plain');
    expect(answer.headers.has('content-encoding')).toBe(false);
    const bomb = guarded().send({ url: `http://127.0.0.2:${port}/bomb`, maxBytes: 1_000_000 });
    await expect(bomb).rejects.toBeInstanceOf(TooLargeError);
  });

  it('takes no more bytes than asked for, announced or not', async () => {
    const { port } = await peer(({ url }, response) => {
      if (url === '/announced') response.setHeader('Content-Length', '2000');
      response.write('x'.repeat(1000));
      response.end('x'.repeat(1000));
    });
    for (const path of ['announced', 'unannounced']) {
      const url = `http://127.0.0.2:${port}/${path}`;
      await expect(guarded().send({ url, maxBytes: 1999 })).rejects.toBeInstanceOf(TooLargeError);
      expect((await guarded().send({ url, maxBytes: 2000 })).body).toHaveLength(2000);
    }
  });

  it('gives up on a server that never answers, and on one that never ends', async () => {
    const { port } = await peer(({ url }, response) => {
      if (url === '/drip') response.write('x');
    });
    for (const path of ['silent', 'drip']) {
      const sent = guarded().send({ url: `http://127.0.0.2:${port}/${path}`, timeoutMs: 100 });
      await expect(sent).rejects.toBeInstanceOf(TimeoutError);
    }
  });

  it('gives up on a name that is never resolved, and when it is told to', async () => {
    const never: ResolveHost = () => new Promise(() => undefined);
    await expect(guarded(never).send({ url: 'http://x.example/', timeoutMs: 50 })).rejects.toBeInstanceOf(TimeoutError);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(guarded().send({ url: 'http://127.0.0.2/', signal })).rejects.toThrow('enough');
  });

  it('says when nobody listens, the name is unknown, or the answer breaks off', async () => {
    const { port } = await peer((_, response) => {
      response.writeHead(200, { 'Content-Length': '10' });
      response.write('x', () => response.destroy());
    });
    for (const url of [`http://127.0.0.2:${port}/`, 'http://127.0.0.2:1/', 'http://no-such-host.invalid/'])
      await expect(guarded().send({ url })).rejects.toBeInstanceOf(UnavailableError);
  });

  it.each([
    ['Host', 'other'],
    ['Transfer-Encoding', 'chunked'],
    ['X-A', 'a\r\nX-B: b'],
    ['X A', 'a'],
  ])('does not send the header %s: %j', async (name, value) => {
    await expect(guarded().send({ url: 'http://127.0.0.2/', headers: { [name]: value } })).rejects.toBeInstanceOf(
      InvalidError,
    );
  });

  it('answers HEAD without a body, and errors of the server as they are', async () => {
    const { port } = await peer((_, response) => response.writeHead(503, { 'Retry-After': '7' }).end('later'));
    const url = `http://127.0.0.2:${port}/`;
    expect(await guarded().send({ url, method: 'HEAD' })).toMatchObject({ status: 503, body: new Uint8Array() });
    const answer = await guarded().send({ url });
    expect([answer.status, answer.headers.get('retry-after'), Buffer.from(answer.body).toString()]).toEqual([
      503,
      '7',
      'later',
    ]);
  });
});
