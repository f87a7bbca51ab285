import { Catch } from '@nestjs/common';
import { FaultFilter, type Refusal } from '#platform/fault.filter.js';

/** What is no condition of OAI-PMH is told by status (§3.1.2.2), 503 and 429 with Retry-After, in words. */
@Catch()
export class OaiFilter extends FaultFilter {
  protected say({ fault, reply }: Refusal): void {
    void reply.status(fault.status).header('Content-Type', 'text/plain; charset=utf-8').send(fault.message);
  }
}
