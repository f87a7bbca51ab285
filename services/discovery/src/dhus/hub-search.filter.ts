import { Catch } from '@nestjs/common';
import { FaultFilter, type Refusal } from '#platform/fault.filter.js';
import type { Fault } from '#platform/fault.js';
import { writeCauseMessage, writeSearchError } from '#protocols/dhus/search-error.js';
import { parseDhusFormat } from '#protocols/dhus/search-request.js';
import { rawQuery } from './raw-query.js';

/** Says errors of the search as DHuS does: what is wrong with a query is a feed with an error in it and status 200, everything else has its status and a `cause-message`. */
@Catch()
export class HubSearchFilter extends FaultFilter {
  protected say({ fault, request, reply }: Refusal): void {
    const status = statusOf(fault);
    if (status !== 200) void reply.header('cause-message', writeCauseMessage(exceptionOf(fault), fault.message));
    const format = parseDhusFormat(rawQuery(request));
    const body = writeSearchError(status === 200 ? 400 : status, fault.message, format);
    const mediaType = format === 'json' ? 'application/json' : 'application/xml; charset=utf-8';
    void reply.status(status).header('Content-Type', mediaType).header('Pragma', 'no-cache').send(Buffer.from(body));
  }
}

/** DHuS passes on what Solr thinks of a query with status 200, checks `rows` itself, and breaks down over a query that is too long. */
function statusOf({ kind, subject, status }: Fault): number {
  if (kind === 'too-large') return 500;
  return kind === 'invalid' && subject !== 'rows' ? 200 : status;
}

function exceptionOf({ kind }: Fault): string {
  if (kind === 'too-large') return 'RemoteSolrException';
  return kind === 'invalid' ? 'IllegalArgumentException' : 'SolrServerException';
}
