import { Controller, Delete, HttpCode, Param, Patch, Post, Put, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Product } from '#domain/product/product.js';
import { OperatorOnly } from '#platform/authenticate.guard.js';
import { Budgeted } from '#platform/client-budget.js';
import { PublicAddress } from '#platform/public-address.js';
import { readBulk, readFeatureCollection, type Bulk } from '#protocols/stac/bulk-items.js';
import { writeItem } from '#protocols/stac/item.js';
import { MEDIA_TYPES } from '#protocols/stac/stac-link.js';
import { ReadableArchive } from '../readable-archive.js';
import { readJsonBody } from '../read-json-body.js';
import { sendJson, type Exchange } from '../send-json.js';
import { DescribeWrite } from './describe-write.js';
import { readPatch } from './patch-body.js';
import { sendWritten } from './send-written.js';
import { WriteItems } from './write-items.js';
import { WriteManyItems, type BulkReport } from './write-many-items.js';
import { termsOf } from './write-terms.js';

/** STAC API Transaction extension 1.0.0 (OGC API Features Part 4): operators write items, one or many. */
@ApiTags('stac')
@ApiBearerAuth('operator')
@OperatorOnly()
@Budgeted()
@Controller('stac/collections/:collection')
export class ItemTransactionsController {
  constructor(
    private readonly items: WriteItems,
    private readonly manyItems: WriteManyItems,
    private readonly publicAddress: PublicAddress,
    private readonly archive: ReadableArchive,
  ) {}

  @Post('items')
  @DescribeWrite('post', '/collections/{collectionId}/items')
  async create(
    @Param('collection') collection: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const json = await readJsonBody(request);
    const bulk = readFeatureCollection(json);
    if (bulk !== undefined) return this.writeMany(bulk, collection, { request, reply });
    const product = await this.items.add(collection, json);
    void reply.status(201);
    await this.send(product, { request, reply });
  }

  @Post('bulk_items')
  @DescribeWrite('post', '/collections/{collectionId}/bulk_items')
  async bulk(
    @Param('collection') collection: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.writeMany(readBulk(await readJsonBody(request)), collection, { request, reply });
  }

  @Put('items/:item')
  @DescribeWrite('put', '/collections/{collectionId}/items/{itemId}')
  async replace(
    @Param('collection') collection: string,
    @Param('item') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const json = await readJsonBody(request);
    const change = { change: () => json, address: this.publicAddress.of(request) };
    await this.send(await this.items.change({ collection, id }, termsOf(request), change), { request, reply });
  }

  @Patch('items/:item')
  @DescribeWrite('patch', '/collections/{collectionId}/items/{itemId}')
  async update(
    @Param('collection') collection: string,
    @Param('item') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const change = { change: await readPatch(request), address: this.publicAddress.of(request) };
    await this.send(await this.items.change({ collection, id }, termsOf(request), change), { request, reply });
  }

  @Delete('items/:item')
  @DescribeWrite('delete', '/collections/{collectionId}/items/{itemId}')
  @HttpCode(204)
  async remove(
    @Param('collection') collection: string,
    @Param('item') id: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.items.remove({ collection, id }, termsOf(request));
  }

  private async send(product: Product, { request, reply }: Exchange): Promise<void> {
    const item = writeItem(product, this.publicAddress.of(request), this.archive.s3);
    const href = item.links.find(({ rel }) => rel === 'self')?.href ?? '';
    const written = { document: item, mediaType: MEDIA_TYPES.geojson, href, revision: product.revision };
    await sendWritten(written, { request, reply });
  }

  private async writeMany(bulk: Bulk, collection: string, { request, reply }: Exchange): Promise<void> {
    const report = await this.manyItems.execute(bulk, collection, this.publicAddress.of(request));
    void reply.status(statusOf(report));
    await sendJson(report, MEDIA_TYPES.json, { request, reply });
  }
}

/** 201 where all went in and some are new, 207 where only some did, 400 where none did. */
function statusOf({ created, modified, unchanged, errors }: BulkReport): number {
  if (errors.length === 0) return created.length > 0 ? 201 : 200;
  return created.length + modified.length + unchanged.length > 0 ? 207 : 400;
}
