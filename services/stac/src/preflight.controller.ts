import { Controller, Options, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { methodsOf } from '#protocols/stac/service-description.js';

/** Lets pages of other sites search and, with the token, write (CORS preflight, Fetch §3.2.2). */
@ApiExcludeController()
@Controller('stac')
export class PreflightController {
  @Options()
  landing(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.answer(request, reply);
  }

  @Options('*')
  any(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.answer(request, reply);
  }

  private answer({ originalUrl }: FastifyRequest, reply: FastifyReply): void {
    const [path = ''] = originalUrl.split('?', 1);
    const known = methodsOf(path.replace(/^\/stac/, ''));
    const methods = [...(known.length === 0 ? ['GET', 'HEAD', 'POST'] : known), 'OPTIONS'].join(', ');
    void reply
      .status(204)
      .header('Allow', methods)
      .header('Access-Control-Allow-Methods', methods)
      .header(
        'Access-Control-Allow-Headers',
        'Accept, Authorization, Content-Type, If-Match, If-None-Match, Prefer, X-Request-Id',
      )
      .header('Access-Control-Max-Age', '86400')
      .send();
  }
}
