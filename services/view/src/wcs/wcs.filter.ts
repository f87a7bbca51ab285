import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { toFault, type Fault } from '#platform/fault.js';
import { ServiceLog } from '#platform/log.js';
import { setRefusalHeaders } from '#platform/refusal-headers.js';
import { soapFault, SOAP_MEDIA_TYPES } from '#protocols/ows/soap.js';
import { wcsException, wcsExceptionType, wcsStatus } from '#protocols/wcs/exception-report.js';
import { WcsError } from '#protocols/wcs/wcs-error.js';
import { writeXml } from '#protocols/xml/write-xml.js';
import { WcsFailure, type WcsSpeech } from './wcs-failure.js';

/** Says errors in the form of the version spoken, in a SOAP fault where the request came in an envelope. */
@Catch()
export class WcsFilter implements ExceptionFilter {
  constructor(private readonly log: ServiceLog) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    // The client left; there is nobody to tell, and stopping was no fault.
    if (reply.raw.destroyed) return;
    const [speech, cause]: [WcsSpeech, unknown] =
      error instanceof WcsFailure ? [error.speech, error.cause] : [{ version: '2.0.1' }, error];
    const fault = toFault(cause, this.log);
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    for (const name of ['Content-Length', 'Content-Type']) reply.removeHeader(name);
    setRefusalHeaders(fault, reply);
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
}

function codeOf({ kind }: Fault): string {
  return kind === 'invalid' || kind === 'too-large' ? 'InvalidParameterValue' : 'NoApplicableCode';
}
