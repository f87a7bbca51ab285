import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Budgeted } from '#platform/client-budget.js';
import { clientGone } from '#platform/client-gone.js';
import { PublicAddress } from '#platform/public-address.js';
import { writeItemCollection } from '#protocols/stac/item-collection.js';
import { searchBody, searchParameters, type ItemSearch } from '#protocols/stac/search-request.js';
import { MEDIA_TYPES } from '#protocols/stac/stac-link.js';
import { ExportItems } from './export-items.js';
import { ReadableArchive } from './readable-archive.js';
import { SearchItems } from './search-items.js';
import { sendJson, type Exchange } from './send-json.js';

/** STAC API Item Search, by GET and by POST. */
@ApiTags('stac')
@Controller('stac/search')
@Budgeted()
export class SearchController {
  constructor(
    private readonly searchItems: SearchItems,
    private readonly exportItems: ExportItems,
    private readonly publicAddress: PublicAddress,
    private readonly archive: ReadableArchive,
  ) {}

  @Get()
  async byGet(
    @Query({ schema: searchParameters }) search: z.output<typeof searchParameters>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.answer({ ...search, parameters: search }, 'GET', { request, reply });
  }

  @Post()
  @HttpCode(200)
  async byPost(
    @Body({ schema: searchBody }) search: z.output<typeof searchBody>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.answer(search, 'POST', { request, reply });
  }

  private async answer(search: ItemSearch, method: 'GET' | 'POST', exchange: Exchange): Promise<void> {
    const form = this.exportItems.formAsked(exchange);
    if (form !== undefined) return this.exportItems.execute(search, form, exchange);
    const address = this.publicAddress.of(exchange.request);
    const url = `${address}${exchange.request.originalUrl}`;
    const page = await this.searchItems.execute(search, clientGone(exchange.reply));
    const document = writeItemCollection(page, {
      method,
      url,
      address,
      archive: this.archive.s3,
      fields: search.fields,
    });
    await sendJson(document, MEDIA_TYPES.geojson, exchange);
  }
}
