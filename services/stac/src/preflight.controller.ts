import { Controller, Options, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

const METHODS = 'GET, HEAD, POST, OPTIONS';

/** Lets pages of other sites search (CORS preflight, Fetch §3.2.2). */
@ApiExcludeController()
@Controller('stac')
export class PreflightController {
  @Options()
  landing(@Res() reply: FastifyReply): void {
    this.answer(reply);
  }

  @Options('*')
  any(@Res() reply: FastifyReply): void {
    this.answer(reply);
  }

  private answer(reply: FastifyReply): void {
    void reply
      .status(204)
      .header('Allow', METHODS)
      .header('Access-Control-Allow-Methods', METHODS)
      .header('Access-Control-Allow-Headers', 'Accept, Content-Type, If-None-Match, X-Request-Id')
      .header('Access-Control-Max-Age', '86400')
      .send();
  }
}
