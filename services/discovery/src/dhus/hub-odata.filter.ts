import { Catch } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { FaultFilter, type Refusal } from '#platform/fault.filter.js';
import type { Fault } from '#platform/fault.js';
import { writeCauseMessage } from '#protocols/dhus/search-error.js';
import { parseODataFormat } from '#protocols/dhus-odata/query-options.js';
import { writeXmlError } from '#protocols/dhus-odata/write-atom.js';
import { writeJsonError } from '#protocols/dhus-odata/write-json.js';
import { rawQuery } from './raw-query.js';

/** Seconds after which it may go better with a product that has to be brought back first. */
const PRODUCT_RETURNS = '3600';

/** Says errors as OData 2.0 (XML, or JSON where that was asked for) with the `cause-message` clients of DHuS read. */
@Catch()
export class HubODataFilter extends FaultFilter {
  protected say({ fault, request, reply }: Refusal): void {
    // 202 would say that an order was taken; clients of DHuS come back after 503.
    const status = fault.kind === 'offline' ? 503 : fault.status;
    if (fault.kind === 'offline') void reply.header('Retry-After', PRODUCT_RETURNS);
    const isJson = wantsJson(request);
    void reply
      .status(status)
      .header('cause-message', writeCauseMessage(exceptionOf(fault), fault.message))
      .header('DataServiceVersion', '1.0')
      .header('Pragma', 'no-cache')
      .header('Content-Type', isJson ? 'application/json' : 'application/xml;charset=utf-8')
      .send(Buffer.from(isJson ? writeJsonError(fault.message) : writeXmlError(fault.message)));
  }
}

/** A `$format` that is not served is answered in XML. */
function wantsJson(request: FastifyRequest): boolean {
  const parameters = rawQuery(request);
  const format = parameters.get('$format');
  if (format !== undefined && !/json/i.test(format)) return false;
  return parseODataFormat(parameters, request.headers.accept) === 'json';
}

function exceptionOf({ kind, message }: Fault): string {
  if (kind === 'not-found')
    return message.startsWith('Invalid key') ? 'InvalidKeyException' : 'UriNotMatchingException';
  if (kind === 'invalid') return 'ODataBadRequestException';
  return kind === 'offline' ? 'ProductNotOnlineException' : 'ODataRuntimeException';
}
