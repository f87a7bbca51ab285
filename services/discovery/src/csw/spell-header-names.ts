import type { FastifyReply } from 'fastify';
import type { OutgoingHttpHeaders } from 'node:http';

/** Writes header names as the standards spell them (`Content-Type`): HTTP does not care, but OGC's suite and the clients that look for them by text do. */
export function spellHeaderNames({ raw }: FastifyReply): void {
  const writeHead = raw.writeHead.bind(raw);
  raw.writeHead = ((status: number, headers: OutgoingHttpHeaders = {}) =>
    writeHead(
      status,
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [spelled(name), value])),
    )) as typeof raw.writeHead;
}

function spelled(name: string): string {
  if (name === 'etag') return 'ETag';
  return name.replaceAll(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
