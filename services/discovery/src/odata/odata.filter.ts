import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { toFault, type Fault } from '#platform/fault.js';
import { ServiceLog } from '#platform/log.js';
import { currentRequestId } from '#platform/request-context.js';
import { writeODataError } from '#protocols/odata/odata-error.js';

/** Numbers out of range are 422 at CDSE, everything else that is wrong with a request 400. */
const NUMBERS = new Set(['$top', '$skip', '$count']);

/** Says errors of OData as OData 4.01 JSON §21 and CDSE do, in one body. */
@Catch()
export class ODataFilter implements ExceptionFilter {
  constructor(private readonly log: ServiceLog) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const fault = toFault(error, this.log);
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    if (fault.status === 401) void reply.header('WWW-Authenticate', 'Bearer realm="frombork"');
    if (fault.status === 503) void reply.header('Retry-After', '10');
    const requestId = currentRequestId();
    const body = writeODataError({
      code: fault.kind ?? String(fault.status),
      message: fault.message,
      ...(fault.subject === undefined ? {} : { target: fault.subject }),
      ...(requestId === undefined ? {} : { requestId }),
    });
    void reply
      .status(statusOf(fault))
      .header('OData-Version', '4.0')
      .header('Content-Type', 'application/json')
      .send(Buffer.from(JSON.stringify(body)));
  }
}

function statusOf({ status, kind, subject }: Fault): number {
  return kind === 'invalid' && subject !== undefined && NUMBERS.has(subject) ? 422 : status;
}
