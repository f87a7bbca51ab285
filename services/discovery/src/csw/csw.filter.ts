import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { toFault, type Fault } from '#platform/fault.js';
import { ServiceLog } from '#platform/log.js';
import { setRefusalHeaders } from '#platform/refusal-headers.js';
import { CswError } from '#protocols/csw/csw-error.js';
import { cswExceptionReport, cswStatus } from '#protocols/csw/csw-exception-report.js';
import { soapFault, SOAP_MEDIA_TYPES } from '#protocols/ows/soap.js';
import { writeXml } from '#protocols/xml/write-xml.js';
import { CswFailure, type CswSpeech } from './csw-failure.js';

/** Says errors as `ows:ExceptionReport` of the version spoken, in a SOAP fault where the request came in an envelope. */
@Catch()
export class CswFilter implements ExceptionFilter {
  constructor(private readonly log: ServiceLog) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const [speech, cause]: [CswSpeech, unknown] =
      error instanceof CswFailure ? [error.speech, error.cause] : [{ version: '3.0.0' }, error];
    const fault = toFault(cause, this.log);
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    setRefusalHeaders(fault, reply);
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
      .header('Cache-Control', 'no-store')
      .send(Buffer.from(writeXml(body)));
  }
}

/** A record that is not there is said as OGC 12-176r7 §7.4.4.2 has it. */
function codeOf({ kind }: Fault, { version }: CswSpeech): string {
  if (kind === 'invalid' || kind === 'too-large') return 'InvalidParameterValue';
  if (kind === 'not-found') return version === '3.0.0' ? 'InvalidParameterValue' : 'NoApplicableCode';
  return 'NoApplicableCode';
}
