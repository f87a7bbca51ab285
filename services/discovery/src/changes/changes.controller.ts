import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ChangeFeed } from '#domain/ports/change-feed.js';
import { Budgeted } from '#platform/client-budget.js';
import { clientGone } from '#platform/client-gone.js';
import { PLATFORM_CONFIG, type PlatformConfig } from '#platform/platform.config.js';
import { PublicAddress } from '#platform/public-address.js';
import { sendDocument } from '#platform/send-document.js';
import { writeChanges } from '#protocols/opensearch/changes.js';
import { KnownCollections } from '../known-collections.js';

const query = z.object({
  after: z.string().max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  collection: z.string().max(1_000).optional(),
});

/** `/opensearch/changes`: every change of the catalogue in an order that can be followed, for mirrors. */
@ApiTags('opensearch')
@Controller('opensearch')
@Budgeted()
export class ChangesController {
  constructor(
    private readonly feed: ChangeFeed,
    private readonly collections: KnownCollections,
    private readonly publicAddress: PublicAddress,
    @Inject(PLATFORM_CONFIG) private readonly config: PlatformConfig,
  ) {}

  /** What changed after a position (from the beginning without one): apply it in order, then ask again with `after` set to `next`. */
  @Get('changes')
  async changes(
    @Query({ schema: query }) asked: z.infer<typeof query>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { collection, ...rest } = asked;
    const within = collection === undefined ? {} : { collections: [(await this.collections.find(collection)).id] };
    const { after, limit } = rest;
    const page = await this.feed.read(
      { limit, ...(after === undefined ? {} : { after }), ...within },
      clientGone(reply),
    );
    const mirror = { address: this.publicAddress.of(request), name: this.config.FROMBORK_MIRROR };
    const body = JSON.stringify(
      writeChanges(page, mirror, { limit, ...(collection === undefined ? {} : { collection }) }),
    );
    await sendDocument({ body, mediaType: 'application/json' }, request, reply);
  }
}
