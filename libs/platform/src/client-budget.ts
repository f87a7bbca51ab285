import {
  applyDecorators,
  Inject,
  Injectable,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { QuotaExceededError } from '#domain/errors.js';
import { clientGone } from './client-gone.js';
import { clientOf } from './client-of.js';
import { FairQueue } from './fair-queue.js';
import { PLATFORM_CONFIG, type PlatformConfig } from './platform.config.js';

/** How many clients' worth one address may have: people behind one router, or one who invents names. */
const CLIENTS_PER_ADDRESS = 4;

/** What runs for whom; one for the process, whatever modules it has. */
@Injectable()
export class ClientBudgets {
  private readonly queue: FairQueue;
  private readonly running = new WeakMap<object, () => void>();

  constructor(@Inject(PLATFORM_CONFIG) private readonly config: PlatformConfig) {
    this.queue = new FairQueue({
      total: config.SEARCH_CONCURRENCY,
      perClient: config.CLIENT_CONCURRENCY,
      queued: config.CLIENT_QUEUE,
      clientsPerGroup: CLIENTS_PER_ADDRESS,
    });
  }

  /** Waits for the client's turn. Throws QuotaExceededError where it has too many waiting already. */
  async enter(request: FastifyRequest, signal: AbortSignal): Promise<void> {
    const leave = await this.queue.enter(clientOf(request, this.config.TRUSTED_PROXIES), signal);
    if (leave === undefined) {
      throw new QuotaExceededError(
        `You have ${this.config.CLIENT_CONCURRENCY} searches running and ${this.config.CLIENT_QUEUE} waiting: let some end before asking more.`,
      );
    }
    this.running.set(request, leave);
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
  }

  /** The answer is made: sending it, to a client however slow, is no work for the database. */
  leave(request: FastifyRequest): void {
    this.running.get(request)?.();
  }
}

/** Ends the turn of a request when its answer begins to be sent. */
export function leaveOnSend(server: FastifyInstance, budgets: ClientBudgets): void {
  server.addHook('onSend', (request, _reply, payload, done) => {
    budgets.leave(request);
    done(null, payload);
  });
}

/** Lets requests of budgeted routes in by turns. */
@Injectable()
export class BudgetGuard implements CanActivate {
  constructor(private readonly budgets: ClientBudgets) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const request = http.getRequest<FastifyRequest>();
    await this.budgets.enter(request, clientGone(reply));
    // Whatever way the answer went.
    reply.raw.once('close', () => this.budgets.leave(request));
    return true;
  }
}

/**
 * For controllers (or routes) that search the catalogue: each client has so many requests running (CLIENT_CONCURRENCY) and waiting (CLIENT_QUEUE), all
 * together SEARCH_CONCURRENCY, and those who wait take turns. Past that a QuotaExceededError (429) goes to the controller's own exception filter,
 * which says it in its protocol's form with `setRefusalHeaders`. A place is held until the answer begins to be sent, or the client leaves.
 */
export const Budgeted = (): MethodDecorator & ClassDecorator => applyDecorators(UseGuards(BudgetGuard));
