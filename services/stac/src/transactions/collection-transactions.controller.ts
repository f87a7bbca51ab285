import { Controller, Delete, HttpCode, Param, Patch, Post, Put, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CollectionSummary } from '#domain/ports/product-catalog.js';
import { OperatorOnly } from '#platform/authenticate.guard.js';
import { Budgeted } from '#platform/client-budget.js';
import { PublicAddress } from '#platform/public-address.js';
import { writeCollection } from '#protocols/stac/stac-collection.js';
import { collectionHref, MEDIA_TYPES } from '#protocols/stac/stac-link.js';
import { readJsonBody } from '../read-json-body.js';
import type { Exchange } from '../send-json.js';
import { DescribeWrite } from './describe-write.js';
import { readPatch } from './patch-body.js';
import { sendWritten } from './send-written.js';
import { WriteCollections } from './write-collections.js';
import { termsOf } from './write-terms.js';

/** STAC API Collection Transaction extension 1.0.0: operators write collections. */
@ApiTags('stac')
@ApiBearerAuth('operator')
@OperatorOnly()
@Budgeted()
@Controller('stac/collections')
export class CollectionTransactionsController {
  constructor(
    private readonly collections: WriteCollections,
    private readonly publicAddress: PublicAddress,
  ) {}

  @Post()
  @DescribeWrite('post', '/collections')
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const summary = await this.collections.add(await readJsonBody(request));
    void reply.status(201);
    await this.send(summary, { request, reply });
  }

  @Put(':collection')
  @DescribeWrite('put', '/collections/{collectionId}')
  async replace(
    @Param('collection') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const json = await readJsonBody(request);
    const change = { change: () => json, address: this.publicAddress.of(request) };
    await this.send(await this.collections.change(id, termsOf(request), change), { request, reply });
  }

  @Patch(':collection')
  @DescribeWrite('patch', '/collections/{collectionId}')
  async update(
    @Param('collection') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const change = { change: await readPatch(request), address: this.publicAddress.of(request) };
    await this.send(await this.collections.change(id, termsOf(request), change), { request, reply });
  }

  @Delete(':collection')
  @DescribeWrite('delete', '/collections/{collectionId}')
  @HttpCode(204)
  async remove(@Param('collection') id: string, @Req() request: FastifyRequest): Promise<void> {
    await this.collections.remove(id, termsOf(request));
  }

  private async send(summary: CollectionSummary, { request, reply }: Exchange): Promise<void> {
    const address = this.publicAddress.of(request);
    const written = {
      document: writeCollection(summary, address),
      mediaType: MEDIA_TYPES.json,
      href: collectionHref(address, summary.collection.id),
      revision: summary.revision,
    };
    await sendWritten(written, { request, reply });
  }
}
