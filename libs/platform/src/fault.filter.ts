import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toFault, type Fault } from './fault.js';
import { ServiceLog } from './log.js';
import { setRefusalHeaders } from './refusal-headers.js';

/** What a protocol says in its own form. */
export interface Refusal {
  readonly fault: Fault;
  /** What was thrown, for the codes only a protocol knows. */
  readonly error: unknown;
  readonly request: FastifyRequest;
  /** With the headers of a refusal, without status, media type and body. */
  readonly reply: FastifyReply;
}

/**
 * What every protocol's exception filter does before it speaks. A client that left is told nothing, and its leaving is no fault; an answer that has begun
 * is cut, so that nobody takes it for whole.
 */
@Catch()
export abstract class FaultFilter implements ExceptionFilter {
  constructor(private readonly log: ServiceLog) {}

  catch(error: unknown, host: ArgumentsHost): void | Promise<void> {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    if (reply.raw.destroyed) return;
    const fault = toFault(this.causeOf(error), this.log);
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    setRefusalHeaders(fault, reply);
    return this.say({ fault, error, request: http.getRequest<FastifyRequest>(), reply });
  }

  /** Sets status and media type, and sends the fault as the protocol has it. */
  protected abstract say(refusal: Refusal): void | Promise<void>;

  /** What went wrong, where a protocol's controller wrapped it. */
  protected causeOf(error: unknown): unknown {
    return error;
  }
}
