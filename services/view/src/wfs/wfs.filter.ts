import { Catch } from '@nestjs/common';
import { FaultFilter, type Refusal } from '#platform/fault.filter.js';
import type { Fault } from '#platform/fault.js';
import { wfsExceptionReport, wfsStatus } from '#protocols/wfs/exception-report.js';
import { WfsError } from '#protocols/wfs/wfs-error.js';
import { writeXml } from '#protocols/xml/write-xml.js';
import { WfsFailure } from './wfs-failure.js';

/** Says errors in the form of the version spoken. */
@Catch()
export class WfsFilter extends FaultFilter {
  protected say({ fault, error, reply }: Refusal): void {
    const version = error instanceof WfsFailure ? error.version : '2.0.0';
    const cause = this.causeOf(error);
    const code = cause instanceof WfsError ? cause.code : codeOf(fault);
    const report = wfsExceptionReport(version, {
      code,
      text: fault.message,
      ...(fault.subject === undefined ? {} : { locator: fault.subject }),
    });
    void reply
      .status(wfsStatus(version, code, fault.status))
      .header('Content-Type', 'text/xml; charset=utf-8')
      .send(Buffer.from(writeXml(report)));
  }

  protected override causeOf(error: unknown): unknown {
    return error instanceof WfsFailure ? error.cause : error;
  }
}

function codeOf({ kind, status }: Fault): string {
  if (kind === 'invalid' || kind === 'too-large') return 'InvalidParameterValue';
  return status === 404 ? 'NotFound' : 'NoApplicableCode';
}
