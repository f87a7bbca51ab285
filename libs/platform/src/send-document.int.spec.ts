import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, zstdDecompress } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fastify, { type FastifyInstance } from 'fastify';
import { get, type IncomingMessage } from 'node:http';
import { sendDocument, type ResponseDocument } from './send-document.js';

const UNPACK: Readonly<Record<string, (bytes: Buffer) => Promise<Buffer>>> = {
  gzip: promisify(gunzip),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
};

const PIECE = 'Ermland und Masuren: '.repeat(500);
const MANY = 20_000;

describe('sendDocument over HTTP', () => {
  let server: FastifyInstance;
  let port: number;
  let made = 0;
  let closed = 0;

  async function* pieces(count: number, failAt = Infinity): AsyncGenerator<string> {
    try {
      for (let at = 0; at < count; at++) {
        if (at === failAt) throw new Error(`no piece ${at}`);
        made++;
        yield `${at} ${PIECE}\n`;
        await Promise.resolve();
      }
    } finally {
      closed++;
    }
  }

  const DOCUMENTS: Readonly<Record<string, () => Partial<ResponseDocument>>> = {
    whole: () => ({ body: PIECE }),
    'short pieces': () => ({ body: pieces(2), version: 'v1' }),
    none: () => ({ body: [], version: 'v1' }),
    'long pieces': () => ({ body: pieces(40), version: 'v2' }),
    'without version': () => ({ body: ['a', 'b'] }),
    endless: () => ({ body: pieces(MANY), version: 'v3' }),
    'fails at once': () => ({ body: pieces(9, 0), version: 'v4' }),
    'fails late': () => ({ body: pieces(900, 300), version: 'v5' }),
  };

  beforeAll(async () => {
    server = fastify();
    server.get<{ Params: { name: string } }>('/:name', async (request, reply) => {
      const document = DOCUMENTS[request.params.name]?.() ?? {};
      await sendDocument({ body: '', mediaType: 'text/plain', ...document }, request, reply);
      return reply;
    });
    await server.listen({ port: 0, host: '127.0.0.1' });
    port = (server.server.address() as { port: number }).port;
  });
  beforeEach(() => {
    [made, closed] = [0, 0];
  });
  afterAll(() => server.close());

  const ask = async (name: string, headers: Record<string, string> = {}, method = 'GET'): Promise<IncomingMessage> => {
    const request = get({ port, host: '127.0.0.1', path: `/${encodeURIComponent(name)}`, headers, method });
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    return answer;
  };
  const bodyOf = async (answer: IncomingMessage): Promise<Buffer> => Buffer.concat(await answer.toArray());
  const expected = (count: number) => Array.from({ length: count }, (_, at) => `${at} ${PIECE}\n`).join('');

  it.each(['gzip', 'br', 'zstd'])('compresses whole and streamed bodies by %s', async (coding) => {
    for (const [name, text] of [
      ['whole', PIECE],
      ['short pieces', expected(2)],
      ['long pieces', expected(40)],
    ] as const) {
      const answer = await ask(name, { 'accept-encoding': coding });
      expect([answer.statusCode, answer.headers['content-encoding'], answer.headers['content-type']]).toEqual([
        200,
        coding,
        'text/plain',
      ]);
      const packed = await bodyOf(answer);
      expect(packed.length).toBeLessThan(text.length / 10);
      expect((await UNPACK[coding]!(packed)).toString()).toBe(text);
    }
  });

  it('streams what is long in chunks, and sends what is short with its length', async () => {
    const long = await ask('long pieces');
    expect(long.headers).toMatchObject({ 'transfer-encoding': 'chunked' });
    expect((await bodyOf(long)).toString()).toBe(expected(40));
    const short = await ask('short pieces');
    expect(short.headers).toMatchObject({ 'content-length': String(expected(2).length) });
    await bodyOf(short);
    const none = await ask('none');
    expect([none.statusCode, (await bodyOf(none)).length]).toEqual([200, 0]);
  });

  it('knows what the client has by the version, before any piece is made', async () => {
    const tag = (await ask('endless', {}, 'HEAD')).headers.etag ?? '';
    expect(tag).toMatch(/^W\/"[\w-]{27}"$/);
    made = 0;
    const again = await ask('endless', { 'if-none-match': `"x", ${tag}` });
    expect([again.statusCode, again.headers.etag, made]).toEqual([304, tag, 0]);
    expect((await ask('long pieces', {}, 'HEAD')).headers.etag).not.toBe(tag);
    expect((await ask('without version')).headers.etag).toBeUndefined();
  });

  it('answers HEAD with the header alone', async () => {
    const answer = await ask('endless', { 'accept-encoding': 'gzip' }, 'HEAD');
    expect(answer.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'text/plain' });
    expect(answer.headers['content-length']).toBeUndefined();
    expect((await bodyOf(answer)).length).toBe(0);
    expect(made).toBeLessThan(10);
    expect(closed).toBe(1);
  });

  it.each(['identity', 'gzip'])(
    'makes no more than a slow client takes, and stops when it leaves (%s)',
    async (coding) => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      socket.pause();
      socket.write(`GET /endless HTTP/1.1\r\nHost: x\r\nAccept-Encoding: ${coding}\r\n\r\n`);
      let before = -1;
      while (coding === 'identity' && (made === 0 || made !== before)) {
        before = made;
        await sleep(250);
      }
      while (made === 0) await sleep(5);
      if (coding === 'identity') expect(made).toBeLessThan(MANY / 4);
      socket.destroy();
      while (closed === 0) await sleep(5);
      expect(made).toBeLessThan(MANY);
    },
  );

  it('leaves what fails at the beginning to the filter, and breaks off where it fails later', async () => {
    const early = await ask('fails at once');
    expect([early.statusCode, JSON.parse((await bodyOf(early)).toString())]).toMatchObject([
      500,
      { message: 'no piece 0' },
    ]);
    await expect(ask('fails late').then(bodyOf)).rejects.toThrow('aborted');
    // The compressor still held everything back.
    await expect(ask('fails late', { 'accept-encoding': 'br' }).then(bodyOf)).rejects.toThrow(/aborted|hang up/);
    expect(closed).toBe(3);
  });
});
