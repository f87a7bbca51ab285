import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

const HOST = /^[A-Za-z0-9.-]{1,253}(:\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](:\d{1,5})?$/;

/** Where clients reach us: `PUBLIC_URL`, else the address the request was sent to (a malformed Host header is not repeated). */
@Injectable()
export class PublicAddress {
  constructor(
    private readonly publicUrl: string | undefined,
    private readonly fallback: string,
  ) {}

  /** Scheme, host and port, without trailing slash. */
  of(request: Pick<FastifyRequest, 'headers'>): string {
    if (this.publicUrl !== undefined) return this.publicUrl;
    const host = request.headers.host;
    return host !== undefined && HOST.test(host) ? `http://${host}` : this.fallback;
  }
}
