import { once } from 'node:events';
import { get as request, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { z } from 'zod';
import { Budgeted } from './client-budget.js';
import { startService, type RunningService } from './run-service.js';

const gates: (() => void)[] = [];
const began: string[] = [];

@Controller()
class SearchController {
  @Get('slow')
  @Budgeted()
  async slow(): Promise<string> {
    began.push('slow');
    await new Promise<void>((resolve) => gates.push(resolve));
    return 'slow';
  }

  @Get('light')
  @Budgeted()
  light(): string {
    began.push('light');
    return 'light';
  }

  @Get('free')
  free(): string {
    return 'free';
  }
}

@Module({ controllers: [SearchController] })
class SearchModule {}

const HEAVY = '198.51.100.1';
const LIGHT = '198.51.100.2';

describe('@Budgeted', () => {
  let service: RunningService;

  beforeAll(async () => {
    const environment = {
      PORT: '0',
      LOG_LEVEL: 'silent',
      FROMBORK_OPERATOR_TOKEN: 'operator-token-of-this-test',
      SEARCH_CONCURRENCY: '3',
      CLIENT_CONCURRENCY: '3',
      CLIENT_QUEUE: '20',
      TRUSTED_PROXIES: '1',
    };
    const definition = {
      name: 'budgets',
      config: z.object({}),
      open: () => Promise.resolve([]),
      modules: [SearchModule],
    };
    service = await startService(definition, environment);
  });
  afterAll(() => service.stop());

  const ask = (path: string, client: string) =>
    fetch(`${service.url}/${path}`, { headers: { 'X-Forwarded-For': client } });
  const until = async (holds: () => boolean) => {
    while (!holds()) await sleep(5);
  };

  it('lets 200 slow searches of one client delay another by no more than the one that ends next', async () => {
    const refused: Response[] = [];
    const served: Response[] = [];
    const heavy = Array.from({ length: 200 }, async () => {
      const answer = await ask('slow', HEAVY);
      (answer.status === 429 ? refused : served).push(answer);
    });
    await until(() => refused.length === 177);
    expect(refused.every(({ headers }) => headers.get('retry-after') === '2')).toBe(true);
    expect(began).toEqual(['slow', 'slow', 'slow']);

    const light = ask('light', LIGHT);
    expect(await (await ask('free', HEAVY)).text()).toBe('free');
    expect(began).toHaveLength(3);
    gates.shift()?.();
    expect(await (await light).text()).toBe('light');
    expect(began[3]).toBe('light');

    await until(() => {
      for (const open of gates.splice(0)) open();
      return served.length === 23;
    });
    await Promise.all(heavy);
  }, 60_000);

  it('gives a place back when the client leaves, waiting or running', async () => {
    began.length = 0;
    const leaving = Array.from({ length: 5 }, () =>
      request(`${service.url}/slow`, { headers: { 'X-Forwarded-For': HEAVY } }),
    );
    for (const each of leaving) each.on('error', () => undefined);
    await until(() => began.length === 3);
    for (const each of leaving) each.destroy();
    const [answer] = (await once(request(`${service.url}/light`), 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(200);
    for (const open of gates.splice(0)) open();
  }, 30_000);
});
