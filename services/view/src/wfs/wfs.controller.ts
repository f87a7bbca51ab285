import { Controller, Get, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Budgeted } from '#platform/client-budget.js';
import { clientGone } from '#platform/client-gone.js';
import { PublicAddress } from '#platform/public-address.js';
import { sendDocument } from '#platform/send-document.js';
import type { WfsRequest } from '#protocols/wfs/wfs-request.js';
import { AnswerWfs } from './answer-wfs.js';
import { ReadWfsRequest } from './read-wfs-request.js';
import { WfsFailure } from './wfs-failure.js';
import { WfsFilter } from './wfs.filter.js';

/** `/wfs`: WFS 2.0, simple profile (OGC 09-025r2), and 1.1.0 (OGC 04-094) by key-value pairs and XML: footprints of products. */
@ApiTags('wfs')
@Controller('wfs')
@UseFilters(WfsFilter)
@Budgeted()
export class WfsController {
  constructor(
    private readonly read: ReadWfsRequest,
    private readonly documents: AnswerWfs,
    private readonly publicAddress: PublicAddress,
  ) {}

  @Get()
  async get(@Req() http: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.respond(this.read.query(http), http, reply);
  }

  @Post()
  @HttpCode(200)
  async post(@Req() http: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.respond(await this.read.body(http), http, reply);
  }

  private async respond(request: WfsRequest, http: FastifyRequest, reply: FastifyReply): Promise<void> {
    const door = { address: `${this.publicAddress.of(http)}/wfs?` };
    try {
      await sendDocument(await this.documents.execute(request, door, clientGone(reply)), http, reply);
    } catch (cause) {
      throw new WfsFailure(request.version, cause);
    }
  }
}
