import { Catch } from '@nestjs/common';
import { FaultFilter, type Refusal } from '#platform/fault.filter.js';
import type { Fault } from '#platform/fault.js';
import { exceptionReport, REPORT_FORMS } from '#protocols/ows/exception-report.js';
import { WMTS_CODES, WmtsError, wmtsExceptions, type WmtsCode } from '#protocols/wmts/wmts-error.js';
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
export class WmtsExceptionFilter extends FaultFilter {
  protected say({ fault, error, request, reply }: Refusal): void {
    const code = codeOf(error);
    const isRestful = request.url.startsWith('/wmts/');
    const locator = error instanceof WmsError ? LOCATORS[error.code ?? 'InvalidFormat'] : fault.subject;
    const exceptions = wmtsExceptions({ code: code ?? 'NoApplicableCode', text: fault.message, locator });
    void reply
      .status(statusOf(code, fault, isRestful))
      .type('text/xml; charset=utf-8')
      .send(writeXml(exceptionReport(REPORT_FORMS['1.1'], ...exceptions)));
  }
}

function codeOf(error: unknown): WmtsCode | undefined {
  if (error instanceof WmtsError) return error.code;
  return error instanceof WmsError ? 'InvalidParameterValue' : undefined;
}

function statusOf(code: WmtsCode | undefined, fault: Fault, isRestful: boolean): number {
  if (code === undefined) return fault.status;
  return isRestful && WMTS_CODES[code] === 400 ? 404 : WMTS_CODES[code];
}
