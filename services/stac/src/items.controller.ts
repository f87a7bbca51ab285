import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { InvalidError } from '#domain/errors.js';
import { Budgeted } from '#platform/client-budget.js';
import { clientGone } from '#platform/client-gone.js';
import { PublicAddress } from '#platform/public-address.js';
import { featuresParameters } from '#protocols/stac/features-request.js';
import { writeItemCollection } from '#protocols/stac/item-collection.js';
import { collectionHref, MEDIA_TYPES } from '#protocols/stac/stac-link.js';
import { ExportItems } from './export-items.js';
import { FindCollection } from './find-collection.js';
import { SearchItems } from './search-items.js';
import { sendFeatures } from './send-features.js';

/** STAC API Features and OGC API Features: the items of a collection, searched as all items are. */
@ApiTags('stac')
@Controller('stac/collections/:collection/items')
@Budgeted()
export class ItemsController {
  constructor(
    private readonly findCollection: FindCollection,
    private readonly searchItems: SearchItems,
    private readonly exportItems: ExportItems,
    private readonly publicAddress: PublicAddress,
  ) {}

  @Get()
  async items(
    @Param('collection') id: string,
    @Query({ schema: featuresParameters }) parameters: z.output<typeof featuresParameters>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.findCollection.execute(id);
    const address = this.publicAddress.of(request);
    const collection = { href: collectionHref(address, id), type: MEDIA_TYPES.json };
    requireCollection(id, parameters.collections);
    const search = { ...parameters, parameters, intersects: undefined, collections: [id] };
    const form = this.exportItems.formAsked({ request, reply });
    if (form !== undefined) return this.exportItems.execute(search, form, { request, reply });
    const page = await this.searchItems.execute(search, clientGone(reply));
    const document = writeItemCollection(page, {
      method: 'GET',
      url: `${address}${request.originalUrl}`,
      address,
      links: [
        { rel: 'parent', ...collection },
        { rel: 'collection', ...collection },
      ],
      fields: parameters.fields,
    });
    await sendFeatures(document, parameters.crs, { request, reply });
  }
}

function requireCollection(id: string, named: readonly string[] = [id]): void {
  if (named.includes(id)) return;
  throw new InvalidError(`The items here are of ${id} only: ask /search for other collections.`, {
    subject: 'collections',
  });
}
