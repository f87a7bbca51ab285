import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ChangeFeed } from '#domain/ports/change-feed.js';
import { Budgeted } from '#platform/client-budget.js';
import { clientGone } from '#platform/client-gone.js';
import { PublicAddress } from '#platform/public-address.js';
import {
  deletionsParameters,
  readDeletionsToken,
  toDeletedQuery,
  writeDeletions,
  type DeletionsRequest,
} from '#protocols/stac/deletions.js';
import { MEDIA_TYPES } from '#protocols/stac/stac-link.js';
import { sendJson } from './send-json.js';

/** `/stac/deletions`: what mirrors have to take away, beside the search by `updated` for what they have to put. */
@ApiTags('stac')
@Controller('stac/deletions')
@Budgeted()
export class DeletionsController {
  constructor(
    private readonly feed: ChangeFeed,
    private readonly publicAddress: PublicAddress,
  ) {}

  @Get()
  async deletions(
    @Query({ schema: deletionsParameters }) asked: DeletionsRequest,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const after = asked.token === undefined ? undefined : readDeletionsToken(asked.token);
    // Before anything is read: what commits later, dated earlier, must be in the next round.
    const completeUntil = after?.completeUntil ?? (await this.feed.completeUntil());
    const page = await this.feed.deleted(toDeletedQuery(asked, after), clientGone(reply));
    const address = this.publicAddress.of(request);
    const document = writeDeletions(page, completeUntil, { address, url: `${address}${request.originalUrl}` });
    await sendJson(document, MEDIA_TYPES.json, { request, reply });
  }
}
