import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Log } from './log.js';
import { writeNamesInTitleCase } from './header-names.js';
import { requestIdFrom, withRequestId } from './request-context.js';

/** Largest JSON or form body parsed into memory; streamed bodies (ingest) have limits of their own. */
const BODY_LIMIT = 10 * 1024 * 1024;

/** Fastify as every service runs it: tolerant of trailing slashes and long product names, request ids, unknown media types as streams. */
export function createHttpAdapter(): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    genReqId: (request: IncomingMessage) => requestIdFrom(request.headers['x-request-id']),
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1024 },
  });
  return adapter;
}

/** Hooks of every request: its id in the context and the answer, CORS for reading, a log line at its end, raw streams for other media types. */
export function configureHttpServer(server: FastifyInstance, log: Log): void {
  server.addHook('onRequest', (request, reply, done) => {
    writeNamesInTitleCase(reply.raw);
    void reply.header('X-Request-Id', request.id);
    void reply.header('Access-Control-Allow-Origin', '*');
    void reply.header('X-Content-Type-Options', 'nosniff');
    withRequestId(request.id, done);
  });
  server.addHook('onResponse', (request, reply, done) => {
    const { method, url } = request;
    log.info(
      { method, url, status: reply.statusCode, ms: Math.round(reply.elapsedTime), requestId: request.id },
      'request',
    );
    done();
  });
  server.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
}
