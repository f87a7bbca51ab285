import { Catch } from '@nestjs/common';
import { FaultFilter, type Refusal } from '#platform/fault.filter.js';
import type { Fault } from '#platform/fault.js';
import { soapFault, SOAP_MEDIA_TYPES } from '#protocols/ows/soap.js';
import { wcsException, wcsExceptionType, wcsStatus } from '#protocols/wcs/exception-report.js';
import { WcsError } from '#protocols/wcs/wcs-error.js';
import { writeXml } from '#protocols/xml/write-xml.js';
import { WcsFailure, type WcsSpeech } from './wcs-failure.js';

/** Says errors in the form of the version spoken, in a SOAP fault where the request came in an envelope. */
@Catch()
export class WcsFilter extends FaultFilter {
  protected say({ fault, error, reply }: Refusal): void {
    const speech: WcsSpeech = error instanceof WcsFailure ? error.speech : { version: '2.0.1' };
    const cause = this.causeOf(error);
    const code = cause instanceof WcsError ? cause.code : codeOf(fault);
    const report = wcsException(speech.version, {
      code,
      text: fault.message,
      ...(fault.subject === undefined ? {} : { locator: fault.subject }),
    });
    const body = speech.soap === undefined ? report : soapFault(speech.soap, fault.message, report);
    const mediaType = speech.soap === undefined ? wcsExceptionType(speech.version) : SOAP_MEDIA_TYPES[speech.soap];
    void reply
      .status(wcsStatus(speech.version, code, fault.status))
      .header('Content-Type', `${mediaType}; charset=utf-8`)
      .send(Buffer.from(writeXml(body)));
  }

  protected override causeOf(error: unknown): unknown {
    return error instanceof WcsFailure ? error.cause : error;
  }
}

function codeOf({ kind }: Fault): string {
  return kind === 'invalid' || kind === 'too-large' ? 'InvalidParameterValue' : 'NoApplicableCode';
}
