import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { STATUS_CODES } from 'node:http';
import type { DocumentFault } from '#domain/errors.js';
import { toFault, type Fault } from './fault.js';
import { ServiceLog } from './log.js';
import { setRefusalHeaders } from './refusal-headers.js';
import { currentRequestId } from './request-context.js';

/** RFC 9457 problem details of a fault. */
export function problemOf(fault: Fault): Record<string, unknown> {
  const requestId = currentRequestId();
  return {
    type: 'about:blank',
    title: STATUS_CODES[fault.status] ?? 'Error',
    status: fault.status,
    detail: fault.message,
    ...(fault.kind === undefined ? {} : { code: fault.kind }),
    ...(fault.subject === undefined ? {} : { subject: fault.subject }),
    ...(fault.faults === undefined ? {} : { errors: fault.faults.map(sayFault) }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** RFC 9457 §3: pointers as fragments. */
function sayFault({ pointer, reason }: DocumentFault): object {
  return { pointer: `#${pointer}`, detail: reason };
}

/** Says any error as problem+json (RFC 9457); protocols with a form of their own put their filter on their controller. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: ServiceLog) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const fault = toFault(error, this.log);
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    setRefusalHeaders(fault, reply);
    void reply
      .status(fault.status)
      .header('Content-Type', 'application/problem+json')
      .send(Buffer.from(JSON.stringify(problemOf(fault))));
  }
}
