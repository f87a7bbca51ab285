import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { Budgeted } from '#platform/client-budget.js';
import { PublicAddress } from '#platform/public-address.js';
import { writeCollectionPage } from '#protocols/stac/collection-page.js';
import { collectionsParameters, searchCollections, type CollectionSearch } from '#protocols/stac/collection-search.js';
import { featureParameters } from '#protocols/stac/features-request.js';
import { writeItem } from '#protocols/stac/item.js';
import { writeChildren, writeCollection } from '#protocols/stac/stac-collection.js';
import { collectionHref, MEDIA_TYPES } from '#protocols/stac/stac-link.js';
import { writeQueryables } from '#protocols/stac/stac-queryables.js';
import { FindCollection } from './find-collection.js';
import { FindItem } from './find-item.js';
import { ReadableArchive } from './readable-archive.js';
import { sendFeatures } from './send-features.js';
import { sendJson } from './send-json.js';

/** STAC API Collections, Collection Search and Children, and single items. */
@ApiTags('stac')
@Controller('stac')
@Budgeted()
export class CollectionsController {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly findCollection: FindCollection,
    private readonly findItem: FindItem,
    private readonly publicAddress: PublicAddress,
    private readonly archive: ReadableArchive,
  ) {}

  @Get('collections')
  async collections(
    @Query({ schema: collectionsParameters }) search: CollectionSearch,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const address = this.publicAddress.of(request);
    const found = searchCollections(await this.catalog.collections(), search);
    const url = `${address}${request.originalUrl}`;
    const document = writeCollectionPage(found, { url, address, fields: search.fields });
    await sendJson(document, MEDIA_TYPES.json, { request, reply });
  }

  @Get('children')
  async children(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const document = writeChildren(await this.catalog.collections(), this.publicAddress.of(request));
    await sendJson(document, MEDIA_TYPES.json, { request, reply });
  }

  @Get('collections/:collection')
  async collection(
    @Param('collection') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const summary = await this.findCollection.execute(id);
    const document = writeCollection(summary, this.publicAddress.of(request));
    await sendJson(document, MEDIA_TYPES.json, { request, reply }, summary.revision);
  }

  @Get('collections/:collection/queryables')
  async queryables(
    @Param('collection') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { collection } = await this.findCollection.execute(id);
    const document = writeQueryables(`${collectionHref(this.publicAddress.of(request), id)}/queryables`, collection);
    await sendJson(document, MEDIA_TYPES.schema, { request, reply });
  }

  @Get('collections/:collection/items/:item')
  async item(
    @Param('collection') collection: string,
    @Param('item') id: string,
    @Query({ schema: featureParameters }) { crs }: z.output<typeof featureParameters>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const product = await this.findItem.execute({ collection, id });
    const document = writeItem(product, this.publicAddress.of(request), this.archive.s3);
    await sendFeatures(document, crs, { request, reply }, product.revision);
  }
}
