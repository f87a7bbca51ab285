import type { DynamicModule, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { OpenedAdapter } from '#domain/ports/opened-adapter.js';
import { ClientBudgets, leaveOnSend } from './client-budget.js';
import { configureHttpServer, createHttpAdapter } from './http-server.js';
import { createLog, type Log } from './log.js';
import { Metrics } from './metrics.js';
import { NestLogger } from './nest-logger.js';
import { loadOperatorToken } from './operator-token.js';
import { describeApi } from './describe-api.js';
import { platformConfig, type PlatformConfig } from './platform.config.js';
import { PlatformModule } from './platform.module.js';
import { readConfig } from './read-config.js';
import { startFailure } from './start-failure.js';

/** One deployable: its name, its configuration, the adapters it opens and the module it is. */
export interface ServiceDefinition<C extends z.ZodType> {
  readonly name: string;
  readonly config: C;
  /** Symbols the service's classes inject the whole configuration by. */
  readonly configTokens?: readonly symbol[];
  readonly open: (config: z.infer<C> & PlatformConfig, log: Log) => Promise<readonly OpenedAdapter[]>;
  readonly modules: readonly (Type | DynamicModule)[];
}

/** A service that listens. */
export interface RunningService<C = PlatformConfig> {
  readonly config: C;
  /** What it listens on, e.g. `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly app: NestFastifyApplication;
  readonly log: Log;
  stop(): Promise<void>;
}

@Module({})
class ServiceModule {}

/** Opens the adapters, starts the modules and listens. The environment can be given, for tests. Throws ConfigError. */
export async function startService<C extends z.ZodType>(
  service: ServiceDefinition<C>,
  environment?: NodeJS.ProcessEnv,
): Promise<RunningService<z.infer<C> & PlatformConfig>> {
  const platform = readConfig(platformConfig, environment);
  const config = { ...platform, ...(readConfig(service.config, environment) as object) } as z.infer<C> & PlatformConfig;
  const log = createLog(service.name, platform.LOG_LEVEL);
  const adapters = await service.open(config, log);
  try {
    for (const notice of adapters.flatMap((adapter) => adapter.notices ?? [])) log.warn({}, notice);
    const app = await createApp(service, { config, log, adapters });
    await app.listen(config.PORT, config.HOST);
    const url = await app.getUrl();
    log.info({ url }, 'listening');
    return { config, url, app, log, stop: () => stop(app, adapters) };
  } catch (error) {
    await closeAll(adapters);
    throw error;
  }
}

/** Runs a service until SIGTERM or SIGINT; a wrong configuration is printed, then exit 1. */
export async function runService<C extends z.ZodType>(
  service: ServiceDefinition<C>,
): Promise<RunningService<z.infer<C> & PlatformConfig>> {
  try {
    const running = await startService(service);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void shutDown(running));
    return running;
  } catch (error) {
    process.stderr.write(`${startFailure(error)}\n`);
    process.exit(1);
  }
}

interface AppParts {
  readonly config: PlatformConfig;
  readonly log: Log;
  readonly adapters: readonly OpenedAdapter[];
}

async function createApp<C extends z.ZodType>(
  service: ServiceDefinition<C>,
  parts: AppParts,
): Promise<NestFastifyApplication> {
  const operatorToken = await loadOperatorToken(parts.config);
  const serviceConfig = (service.configTokens ?? []).map((token) => [token, parts.config] as const);
  const root: DynamicModule = {
    module: ServiceModule,
    imports: [PlatformModule.with({ ...parts, operatorToken, serviceConfig }), ...service.modules],
  };
  const app = await NestFactory.create<NestFastifyApplication>(root, createHttpAdapter(), {
    logger: new NestLogger(parts.log),
    abortOnError: false,
  });
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  configureHttpServer(server, parts.log);
  app.get(Metrics).observe(server);
  leaveOnSend(server, app.get(ClientBudgets));
  describeApi(app, service.name);
  return app;
}

async function shutDown(running: Pick<RunningService, 'stop'>): Promise<void> {
  await running.stop();
  process.exit(0);
}

async function stop(app: NestFastifyApplication, adapters: readonly OpenedAdapter[]): Promise<void> {
  await app.close();
  await closeAll(adapters);
}

/** Last opened, first closed. */
async function closeAll(adapters: readonly OpenedAdapter[]): Promise<void> {
  for (const adapter of adapters.toReversed()) await adapter.close();
}
