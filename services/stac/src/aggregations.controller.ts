import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Budgeted } from '#platform/client-budget.js';
import { clientGone } from '#platform/client-gone.js';
import { PublicAddress } from '#platform/public-address.js';
import {
  aggregateBody,
  aggregateParameters,
  termsAsked,
  type AggregateOptions,
} from '#protocols/stac/aggregate-request.js';
import { writeAggregated, writeAggregations } from '#protocols/stac/aggregation-document.js';
import type { ItemSearch } from '#protocols/stac/search-request.js';
import { MEDIA_TYPES } from '#protocols/stac/stac-link.js';
import { AggregateItems } from './aggregate-items.js';
import { FindCollection } from './find-collection.js';
import { sendJson, type Exchange } from './send-json.js';

type Asked = ItemSearch & AggregateOptions;

/** STAC API Aggregation extension 0.3.0: counts and extremes of the items of a search, of all collections or of one. */
@ApiTags('stac')
@Controller('stac')
@Budgeted()
export class AggregationsController {
  constructor(
    private readonly findCollection: FindCollection,
    private readonly aggregateItems: AggregateItems,
    private readonly publicAddress: PublicAddress,
  ) {}

  @Get('aggregations')
  async terms(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.answerTerms({ request, reply });
  }

  @Get('collections/:collection/aggregations')
  async termsOfCollection(
    @Param('collection') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.findCollection.execute(id);
    await this.answerTerms({ request, reply });
  }

  @Get('aggregate')
  async byGet(
    @Query({ schema: aggregateParameters }) asked: z.output<typeof aggregateParameters>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.answer({ ...asked, parameters: asked }, { request, reply });
  }

  @Post('aggregate')
  @HttpCode(200)
  async byPost(
    @Body({ schema: aggregateBody }) asked: z.output<typeof aggregateBody>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.answer(asked, { request, reply });
  }

  @Get('collections/:collection/aggregate')
  async ofCollectionByGet(
    @Param('collection') id: string,
    @Query({ schema: aggregateParameters }) asked: z.output<typeof aggregateParameters>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.findCollection.execute(id);
    await this.answer({ ...asked, parameters: asked, collections: [id] }, { request, reply });
  }

  @Post('collections/:collection/aggregate')
  @HttpCode(200)
  async ofCollectionByPost(
    @Param('collection') id: string,
    @Body({ schema: aggregateBody }) asked: z.output<typeof aggregateBody>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.findCollection.execute(id);
    await this.answer({ ...asked, collections: [id] }, { request, reply });
  }

  private async answerTerms(exchange: Exchange): Promise<void> {
    const address = this.publicAddress.of(exchange.request);
    const document = writeAggregations(`${address}${exchange.request.originalUrl}`, address);
    await sendJson(document, MEDIA_TYPES.json, exchange);
  }

  private async answer(asked: Asked, exchange: Exchange): Promise<void> {
    const address = this.publicAddress.of(exchange.request);
    const aggregated = await this.aggregateItems.execute(asked, termsAsked(asked), clientGone(exchange.reply));
    const document = writeAggregated(aggregated, `${address}${exchange.request.originalUrl}`, address);
    await sendJson(document, MEDIA_TYPES.json, exchange);
  }
}
