import { Catch } from '@nestjs/common';
import { FaultFilter, type Refusal } from '#platform/fault.filter.js';
import type { Fault } from '#platform/fault.js';
import { FORM_TYPES } from '#protocols/opensearch/response-form.js';
import { writeExceptionReport } from '#protocols/ows/exception-report.js';
import { writeDiagnostics } from '#protocols/sru/diagnostics.js';
import { kvpOf } from './kvp-of.js';

/**
 * Says errors of OpenSearch as `ows:ExceptionReport` with the HTTP status of their kind (CEOS-BP-017), to SRU clients as a diagnostic. SRU answers 200
 * to everything; here the status tells the error too, or mirrors would take it for "nothing new".
 */
@Catch()
export class OpenSearchFilter extends FaultFilter {
  protected say({ fault, request, reply }: Refusal): void {
    const asked = kvpOf(request).get('HTTPACCEPT') ?? '';
    const [body, type] = /^application\/sru[+ ]xml/i.test(asked)
      ? [writeDiagnostics(fault), FORM_TYPES.sru]
      : [writeReport(fault), 'application/xml'];
    void reply.status(statusOf(fault)).header('Content-Type', `${type}; charset=utf-8`).send(Buffer.from(body));
  }
}

function writeReport(fault: Fault): string {
  const locator = fault.subject === undefined ? {} : { locator: fault.subject };
  return writeExceptionReport({ code: codeOf(fault), text: fault.message, ...locator });
}

/** A form that is not served is 415 (CEOS-BP-017). */
function statusOf({ status, subject }: Fault): number {
  return status === 400 && subject === 'httpAccept' ? 415 : status;
}

function codeOf({ kind }: Fault): string {
  if (kind === 'invalid') return 'InvalidParameterValue';
  return kind === 'not-found' ? 'NotFound' : 'NoApplicableCode';
}
