import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { OpenedAdapter } from '#domain/ports/opened-adapter.js';

/** Injection token of the adapters this process opened. */
export const OPENED_ADAPTERS = Symbol('opened adapters');

const CHECK_TIMEOUT = 3000;

/** Liveness (the loop turns) and readiness (every adapter answers), for orchestrators and people. */
@Controller('health')
export class HealthController {
  constructor(@Inject(OPENED_ADAPTERS) private readonly adapters: readonly OpenedAdapter[]) {}

  @Get('live')
  live(): { status: string } {
    return { status: 'ok' };
  }

  /** 200 when every adapter works, else 503 saying which does not. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const checks = await Promise.all(
      this.adapters.map(async (adapter) => [adapter.name, await stateOf(adapter)] as const),
    );
    const ready = checks.every(([, state]) => state === 'ok');
    if (!ready) void reply.status(503);
    return { status: ready ? 'ok' : 'unavailable', checks: Object.fromEntries(checks) };
  }
}

async function stateOf(adapter: OpenedAdapter): Promise<string> {
  const timeout = Promise.withResolvers<string>();
  const timer = setTimeout(() => timeout.resolve(`no answer in ${CHECK_TIMEOUT} ms`), CHECK_TIMEOUT);
  const check = adapter.check().then(
    () => 'ok',
    (error: unknown) => (error instanceof Error ? error.message : 'failed'),
  );
  return Promise.race([check, timeout.promise]).finally(() => clearTimeout(timer));
}
