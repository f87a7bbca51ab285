import { Module, StandardSchemaValidationPipe, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { InvalidError } from '#domain/errors.js';
import { Clock } from '#domain/ports/clock.js';
import type { OpenedAdapter } from '#domain/ports/opened-adapter.js';
import { AuthenticateGuard } from './authenticate.guard.js';
import { ClientBudgets } from './client-budget.js';
import { HealthController, OPENED_ADAPTERS } from './health.controller.js';
import { ServiceLog, type Log } from './log.js';
import { Metrics, MetricsController } from './metrics.js';
import { OperatorToken } from './operator-token.js';
import { PLATFORM_CONFIG, type PlatformConfig } from './platform.config.js';
import { ProblemFilter } from './problem.filter.js';
import { PublicAddress } from './public-address.js';
import { stripPrototypeKeys } from './strip-prototype-keys.js';
import { SystemClock } from './system-clock.js';

/** What a running process hands to its modules. */
export interface PlatformParts {
  readonly config: PlatformConfig;
  readonly log: Log;
  readonly adapters: readonly OpenedAdapter[];
  readonly operatorToken: OperatorToken;
  /** The whole validated configuration of the service, and the token its classes ask for it by. */
  readonly serviceConfig: readonly (readonly [symbol, unknown])[];
}

/** The global module every service runs in: ports of the opened adapters, configuration, log, guard, filter, health and metrics. */
@Module({})
export class PlatformModule {
  static with(parts: PlatformParts): DynamicModule {
    const providers: Provider[] = [
      { provide: ServiceLog, useValue: parts.log },
      { provide: OperatorToken, useValue: parts.operatorToken },
      { provide: OPENED_ADAPTERS, useValue: parts.adapters },
      { provide: PLATFORM_CONFIG, useValue: parts.config },
      {
        provide: PublicAddress,
        useValue: new PublicAddress(parts.config.PUBLIC_URL, `http://${parts.config.HOST}:${parts.config.PORT}`),
      },
      { provide: Clock, useClass: SystemClock },
      Metrics,
      ClientBudgets,
      ...parts.serviceConfig.map(([provide, useValue]) => ({ provide, useValue })),
      ...parts.adapters.flatMap((adapter) =>
        adapter.ports.map(([port, useValue]) => ({ provide: port as unknown as Type, useValue })),
      ),
    ];
    return {
      module: PlatformModule,
      global: true,
      controllers: [HealthController, MetricsController],
      providers: [
        ...providers,
        { provide: APP_GUARD, useClass: AuthenticateGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: validation },
      ],
      exports: providers,
    };
  }
}

class RequestValidationPipe extends StandardSchemaValidationPipe {
  protected override stripProtoKeys(value: unknown): void {
    stripPrototypeKeys(value);
  }
}

/** Checks parameters that declare a schema; what does not fit is an InvalidError naming the parameter. */
function validation(): StandardSchemaValidationPipe {
  return new RequestValidationPipe({
    exceptionFactory: (issues) => {
      const path = issues[0]?.path?.map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
      const message = issues.map((issue) => issue.message).join('; ');
      return new InvalidError(path ? `${path}: ${message}` : message, path ? { subject: path } : {});
    },
  });
}
