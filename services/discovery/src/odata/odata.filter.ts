import { Catch } from '@nestjs/common';
import { FaultFilter, type Refusal } from '#platform/fault.filter.js';
import type { Fault } from '#platform/fault.js';
import { currentRequestId } from '#platform/request-context.js';
import { writeODataError } from '#protocols/odata/odata-error.js';

/** Numbers out of range are 422 at CDSE, everything else that is wrong with a request 400. */
const NUMBERS = new Set(['$top', '$skip', '$count']);

/** Says errors of OData as OData 4.01 JSON §21 and CDSE do, in one body. */
@Catch()
export class ODataFilter extends FaultFilter {
  protected say({ fault, reply }: Refusal): void {
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
