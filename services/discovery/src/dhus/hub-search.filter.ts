import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toFault, type Fault } from '#platform/fault.js';
import { ServiceLog } from '#platform/log.js';
import { writeCauseMessage, writeSearchError } from '#protocols/dhus/search-error.js';
import { parseDhusFormat } from '#protocols/dhus/search-request.js';
import { rawQuery } from './raw-query.js';

/** Says errors of the search as DHuS does: what is wrong with a query is a feed with an error in it and status 200, everything else has its status and a `cause-message`. */
@Catch()
export class HubSearchFilter implements ExceptionFilter {
  constructor(private readonly log: ServiceLog) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const fault = toFault(error, this.log);
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    const status = statusOf(fault);
    if (status === 503) void reply.header('Retry-After', '10');
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
