import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toFault, type Fault } from '#platform/fault.js';
import { ServiceLog } from '#platform/log.js';
import { setRefusalHeaders } from '#platform/refusal-headers.js';
import { exceptionReport, REPORT_FORMS } from '#protocols/ows/exception-report.js';
import { WMTS_CODES, WmtsError, type WmtsCode } from '#protocols/wmts/wmts-error.js';
import { WmsError, type WmsExceptionCode } from '#protocols/wms/wms-error.js';
import { writeXml } from '#protocols/xml/write-xml.js';

/** What the planning of maps says, in WMTS's words. */
const LOCATORS: Partial<Record<WmsExceptionCode, string>> = {
  LayerNotDefined: 'layer',
  StyleNotDefined: 'Style',
  InvalidDimensionValue: 'Time',
};

/** Says any error as an `ows:ExceptionReport`, with the status WMTS 1.0.0 gives the code; by RESTful addresses what there is not is 404 (§10.3). */
@Catch()
export class WmtsExceptionFilter implements ExceptionFilter {
  constructor(private readonly log: ServiceLog) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    // The client left; there is nobody to tell, and stopping was no fault.
    if (reply.raw.destroyed) return;
    const fault = toFault(error, this.log);
    const code = codeOf(error);
    const isRestful = http.getRequest<FastifyRequest>().url.startsWith('/wmts/');
    setRefusalHeaders(fault, reply);
    const locator = error instanceof WmsError ? LOCATORS[error.code ?? 'InvalidFormat'] : fault.subject;
    void reply
      .status(statusOf(code, fault, isRestful))
      .type('text/xml; charset=utf-8')
      .send(
        writeXml(
          exceptionReport(REPORT_FORMS['1.1'], { code: code ?? 'NoApplicableCode', text: fault.message, locator }),
        ),
      );
  }
}

function codeOf(error: unknown): WmtsCode | undefined {
  if (error instanceof WmtsError) return error.code;
  return error instanceof WmsError ? 'InvalidParameterValue' : undefined;
}

function statusOf(code: WmtsCode | undefined, fault: Fault, isRestful: boolean): number {
  if (code === undefined) return fault.status;
  return isRestful && WMTS_CODES[code] < 500 ? 404 : WMTS_CODES[code];
}
