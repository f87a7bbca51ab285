import { Catch } from '@nestjs/common';
import { STATUS_CODES } from 'node:http';
import type { DocumentFault } from '#domain/errors.js';
import { FaultFilter, type Refusal } from './fault.filter.js';
import type { Fault } from './fault.js';
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
export class ProblemFilter extends FaultFilter {
  protected say({ fault, reply }: Refusal): void {
    void reply
      .status(fault.status)
      .header('Content-Type', 'application/problem+json')
      .send(Buffer.from(JSON.stringify(problemOf(fault))));
  }
}
