import { Catch } from '@nestjs/common';
import { FaultFilter, type Refusal } from '#platform/fault.filter.js';
import { writeServiceException } from '#protocols/wms/service-exception.js';
import { WmsError } from '#protocols/wms/wms-error.js';
import { InstanceFailure } from './instance-failure.js';

/** Says errors as Sentinel Hub does: with their HTTP status, as a ServiceExceptionReport where images are asked for, in JSON where features are. */
@Catch()
export class InstanceFilter extends FaultFilter {
  protected say({ fault, error, reply }: Refusal): void {
    const cause = this.causeOf(error);
    const code = cause instanceof WmsError ? cause.code : undefined;
    const { status, message, subject } = fault;
    if (error instanceof InstanceFailure) {
      const body = { error: { status, message, ...(code && { code }), ...(subject && { parameter: subject }) } };
      void reply.status(status).type('application/json; charset=utf-8').send(JSON.stringify(body));
      return;
    }
    const report = writeServiceException(
      { message, ...(code && { code }), ...(subject && { locator: subject }) },
      '1.3.0',
    );
    void reply.status(status).type('text/xml; charset=utf-8').send(report);
  }

  protected override causeOf(error: unknown): unknown {
    return error instanceof InstanceFailure ? error.cause : error;
  }
}
