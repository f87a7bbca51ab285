import { Catch } from '@nestjs/common';
import { FaultFilter, type Refusal } from '#platform/fault.filter.js';

/** Says errors as resto does: `{ErrorMessage, ErrorCode}` with the HTTP status as the code. */
@Catch()
export class RestoFilter extends FaultFilter {
  protected say({ fault, reply }: Refusal): void {
    void reply
      .status(fault.status)
      .header('Content-Type', 'application/json; charset=utf-8')
      .send(Buffer.from(JSON.stringify({ ErrorMessage: fault.message, ErrorCode: fault.status })));
  }
}
