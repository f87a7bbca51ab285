import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { toFault, type Fault } from '#platform/fault.js';
import { ServiceLog } from '#platform/log.js';
import { writeExceptionReport } from '#protocols/ows/exception-report.js';

/** Says errors of OpenSearch as `ows:ExceptionReport` (CEOS-BP-017), with the HTTP status of their kind. */
@Catch()
export class OpenSearchFilter implements ExceptionFilter {
  constructor(private readonly log: ServiceLog) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const fault = toFault(error, this.log);
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    if (fault.status === 503) void reply.header('Retry-After', '10');
    const body = writeExceptionReport({
      code: codeOf(fault),
      text: fault.message,
      ...(fault.subject === undefined ? {} : { locator: fault.subject }),
    });
    void reply.status(fault.status).header('Content-Type', 'application/xml; charset=utf-8').send(Buffer.from(body));
  }
}

function codeOf({ kind }: Fault): string {
  if (kind === 'invalid') return 'InvalidParameterValue';
  return kind === 'not-found' ? 'NotFound' : 'NoApplicableCode';
}
