import { Catch } from '@nestjs/common';
import { FaultFilter, type Refusal } from '#platform/fault.filter.js';
import type { Fault } from '#platform/fault.js';
import { CswError } from '#protocols/csw/csw-error.js';
import { cswExceptionReport, cswStatus } from '#protocols/csw/csw-exception-report.js';
import { soapFault, SOAP_MEDIA_TYPES } from '#protocols/ows/soap.js';
import { writeXml } from '#protocols/xml/write-xml.js';
import { CswFailure, type CswSpeech } from './csw-failure.js';

/** Says errors as `ows:ExceptionReport` of the version spoken, in a SOAP fault where the request came in an envelope. */
@Catch()
export class CswFilter extends FaultFilter {
  protected say({ fault, error, reply }: Refusal): void {
    const speech: CswSpeech = error instanceof CswFailure ? error.speech : { version: '3.0.0' };
    const cause = this.causeOf(error);
    if (fault.status === 401) void reply.header('WWW-Authenticate', 'Bearer realm="frombork", Basic realm="frombork"');
    const code = cause instanceof CswError ? cause.code : codeOf(fault, speech);
    const report = cswExceptionReport(speech.version, {
      code,
      text: fault.message,
      ...(fault.subject === undefined ? {} : { locator: fault.subject }),
    });
    const body = speech.soap === undefined ? report : soapFault(speech.soap, fault.message, report);
    const mediaType = speech.soap === undefined ? 'application/xml' : SOAP_MEDIA_TYPES[speech.soap];
    void reply
      .status(cswStatus(speech.version, code, fault.status))
      .header('Content-Type', `${mediaType}; charset=utf-8`)
      .send(Buffer.from(writeXml(body)));
  }

  protected override causeOf(error: unknown): unknown {
    return error instanceof CswFailure ? error.cause : error;
  }
}

/** A record that is not there is said as OGC 12-176r7 §7.4.4.2 has it. */
function codeOf({ kind }: Fault, { version }: CswSpeech): string {
  if (kind === 'invalid' || kind === 'too-large') return 'InvalidParameterValue';
  if (kind === 'not-found') return version === '3.0.0' ? 'InvalidParameterValue' : 'NoApplicableCode';
  return 'NoApplicableCode';
}
