import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { toFault } from '#platform/fault.js';
import { ServiceLog } from '#platform/log.js';

/** Says errors as resto does: `{ErrorMessage, ErrorCode}` with the HTTP status as the code. */
@Catch()
export class RestoFilter implements ExceptionFilter {
  constructor(private readonly log: ServiceLog) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const fault = toFault(error, this.log);
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    if (fault.status === 503) void reply.header('Retry-After', '10');
    void reply
      .status(fault.status)
      .header('Content-Type', 'application/json; charset=utf-8')
      .send(Buffer.from(JSON.stringify({ ErrorMessage: fault.message, ErrorCode: fault.status })));
  }
}
