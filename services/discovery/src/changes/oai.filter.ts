import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { toFault } from '#platform/fault.js';
import { ServiceLog } from '#platform/log.js';
import { setRefusalHeaders } from '#platform/refusal-headers.js';

/** What is no condition of OAI-PMH is told by status (§3.1.2.2), 503 and 429 with Retry-After, in words. */
@Catch()
export class OaiFilter implements ExceptionFilter {
  constructor(private readonly log: ServiceLog) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const fault = toFault(error, this.log);
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    setRefusalHeaders(fault, reply);
    void reply.status(fault.status).header('Content-Type', 'text/plain; charset=utf-8').send(fault.message);
  }
}
