import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Budgeted } from '#platform/client-budget.js';
import { clientGone } from '#platform/client-gone.js';
import { PublicAddress } from '#platform/public-address.js';
import { parseBrowseSpan, writeBrowseCatalog } from '#protocols/stac/browse.js';
import { MEDIA_TYPES } from '#protocols/stac/stac-link.js';
import { BrowseCollection } from './browse-collection.js';
import { FindCollection } from './find-collection.js';
import { sendJson, type Exchange } from './send-json.js';

/** STAC API Browseable: the items of a collection by date, as catalogs linked with one another. */
@ApiTags('stac')
@Controller('stac/collections/:collection/browse')
@Budgeted()
export class BrowseController {
  constructor(
    private readonly findCollection: FindCollection,
    private readonly browse: BrowseCollection,
    private readonly publicAddress: PublicAddress,
  ) {}

  @Get()
  all(
    @Param('collection') collection: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.send(collection, '', { request, reply });
  }

  @Get(':span')
  span(
    @Param('collection') collection: string,
    @Param('span') span: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.send(collection, span, { request, reply });
  }

  private async send(id: string, name: string, { request, reply }: Exchange): Promise<void> {
    const span = parseBrowseSpan(name);
    const { collection } = await this.findCollection.execute(id);
    const contents = await this.browse.execute(id, span, clientGone(reply));
    const document = writeBrowseCatalog(collection, span, contents, this.publicAddress.of(request));
    await sendJson(document, MEDIA_TYPES.json, { request, reply });
  }
}
