import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Post, Query } from '@nestjs/common';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { NotFoundError, UnavailableError } from '#domain/errors.js';
import type { OpenedAdapter } from '#domain/ports/opened-adapter.js';
import { OperatorOnly } from './authenticate.guard.js';
import { startService, type RunningService } from './run-service.js';

const limitQuery = z.object({ limit: z.coerce.number().int().min(1) });

@Controller('things')
class ThingsController {
  @Get()
  list(@Query({ schema: limitQuery }) query: z.infer<typeof limitQuery>): object {
    return query;
  }

  @Get('missing')
  missing(): never {
    throw new NotFoundError('There is no such thing.', { subject: 'thing' });
  }

  @Get('broken')
  broken(): never {
    throw new Error('secret detail');
  }

  @OperatorOnly()
  @Post()
  write(): object {
    return { written: true };
  }
}

@Module({ controllers: [ThingsController] })
class ThingsModule {}

const adapter = { name: 'database', ports: [], broken: false, closed: false };

const opened: OpenedAdapter = {
  name: 'database',
  ports: [],
  check: () =>
    adapter.broken ? Promise.reject(new UnavailableError('The database does not answer.')) : Promise.resolve(),
  close: () => {
    adapter.closed = true;
    return Promise.resolve();
  },
};

describe('a running service', () => {
  let service: RunningService;
  let token: string;

  beforeAll(async () => {
    const data = await mkdtemp(join(tmpdir(), 'frombork-platform-'));
    service = await startService(
      { name: 'things', config: z.object({}), modules: [ThingsModule], open: () => Promise.resolve([opened]) },
      { PORT: '0', FROMBORK_DATA: data, LOG_LEVEL: 'silent' },
    );
    token = (await readFile(join(data, 'operator-token'), 'utf8')).trim();
  });

  afterAll(() => service.stop());

  const get = (path: string, init?: RequestInit): Promise<Response> => fetch(`${service.url}${path}`, init);

  it('listens on loopback unless told otherwise', () => {
    expect(service.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('says it is alive, and ready only while its adapters answer', async () => {
    expect((await get('/health/live')).status).toBe(200);
    expect((await get('/health/ready')).status).toBe(200);
    adapter.broken = true;
    const answer = await get('/health/ready');
    adapter.broken = false;
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({
      status: 'unavailable',
      checks: { database: 'The database does not answer.' },
    });
  });

  it('gives values a schema has checked, and names the parameter that does not fit (RFC 9457)', async () => {
    expect(await (await get('/things?limit=3')).json()).toEqual({ limit: 3 });
    const refused = await get('/things?limit=0');
    expect(refused.status).toBe(400);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await refused.json()).toMatchObject({ status: 400, code: 'invalid', subject: 'limit' });
  });

  it('tells domain errors by kind and unknown errors without details', async () => {
    expect(await (await get('/things/missing')).json()).toMatchObject({
      status: 404,
      detail: 'There is no such thing.',
    });
    const broken = await get('/things/broken');
    expect(broken.status).toBe(500);
    expect(await broken.text()).not.toContain('secret');
    expect((await get('/nowhere')).status).toBe(404);
  });

  it('lets only the operator write', async () => {
    expect((await get('/things', { method: 'POST' })).status).toBe(401);
    expect((await get('/things', { method: 'POST', headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
    const written = await get('/things', { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    expect(written.status).toBe(201);
    const basic = Buffer.from(`operator:${token}`).toString('base64');
    expect((await get('/things', { method: 'POST', headers: { authorization: `Basic ${basic}` } })).status).toBe(201);
  });

  it('repeats a harmless request id and makes one otherwise', async () => {
    expect((await get('/health/live', { headers: { 'x-request-id': 'abc-1' } })).headers.get('x-request-id')).toBe(
      'abc-1',
    );
    expect((await get('/health/live', { headers: { 'x-request-id': 'a b' } })).headers.get('x-request-id')).toMatch(
      /^[0-9a-f-]{36}$/,
    );
  });

  it('counts requests by route for Prometheus and describes itself in OpenAPI', async () => {
    expect(await (await get('/metrics')).text()).toContain(
      'frombork_http_request_duration_seconds_count{method="GET",route="/things"',
    );
    expect(await (await get('/openapi.json')).json()).toMatchObject({ paths: { '/things': { get: {} } } });
  });
});

describe('a wrong configuration', () => {
  it('is refused with every problem', async () => {
    const start = startService(
      { name: 'x', config: z.object({ NATS_URL: z.string() }), modules: [], open: () => Promise.resolve([]) },
      { PORT: '0', LOG_LEVEL: 'silent' },
    );
    await expect(start).rejects.toThrow(/NATS_URL/);
  });
});
