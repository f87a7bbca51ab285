import { Controller, Get, Inject, Param, Req, Res, UseFilters } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotFoundError } from '#domain/errors.js';
import { Clock } from '#domain/ports/clock.js';
import { Budgeted } from '#platform/client-budget.js';
import { FindDelivery } from '#platform/delivery/find-delivery.js';
import { sendDelivery } from '#platform/delivery/send-delivery.js';
import { PLATFORM_CONFIG, type PlatformConfig } from '#platform/platform.config.js';
import { PublicAddress } from '#platform/public-address.js';
import { sendDocument, type ResponseDocument } from '#platform/send-document.js';
import type { Mirror } from '#protocols/links/product-links.js';
import { writeRestoAtom } from '#protocols/resto/resto-atom.js';
import { writeRestoFeature } from '#protocols/resto/resto-feature.js';
import { parseRestoSearch } from '#protocols/resto/resto-request.js';
import type { ProductEntry } from '#protocols/opensearch/product-entry.js';
import { RestoFilter } from './resto.filter.js';
import { RestoSearch } from './resto-search.js';

/** `/resto/collections`: single products and their bytes. */
@ApiTags('resto')
@Controller('resto/collections')
@UseFilters(RestoFilter)
@Budgeted()
export class RestoProductController {
  constructor(
    private readonly restoSearch: RestoSearch,
    private readonly deliveries: FindDelivery,
    private readonly clock: Clock,
    private readonly publicAddress: PublicAddress,
    @Inject(PLATFORM_CONFIG) private readonly config: PlatformConfig,
  ) {}

  /** The deliverable, by ranges; a trailing slash and PEPS' `issuerId` make no difference. */
  @Get(':collection/:id/download')
  async download(
    @Param('collection') name: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const product = await this.restoSearch.find(name, id);
    await sendDelivery(await this.deliveries.ofProduct(product), request, reply);
  }

  /** The product as `{id}.json` or `{id}.atom`. */
  @Get(':collection/:file')
  async product(
    @Param('collection') name: string,
    @Param('file') file: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [, id = '', form] = /^(.+)\.(json|atom)$/.exec(file) ?? [];
    if (form === undefined) throw new NotFoundError(`There is no ${file}; take .json or .atom.`, { subject: file });
    const product = await this.restoSearch.find(name, id);
    const [entry] = await this.restoSearch.entriesOf([product], this.mirror(request));
    if (entry === undefined) throw new NotFoundError(`There is no product ${id} in ${name}.`, { subject: id });
    await sendDocument(form === 'json' ? asJson(entry) : this.asAtom(entry), request, reply);
  }

  private asAtom(entry: ProductEntry): ResponseDocument {
    const page = {
      request: parseRestoSearch(new Map(), [['identifier', entry.product.uuid]]),
      entries: [entry],
      hasNext: false,
      matched: { value: 1, exact: true },
      mirror: entry.mirror,
      processingTime: 0,
    };
    return { body: writeRestoAtom(page, this.clock.now()), mediaType: 'application/atom+xml; charset=utf-8' };
  }

  private mirror(request: FastifyRequest): Mirror {
    return { address: this.publicAddress.of(request), name: this.config.FROMBORK_MIRROR };
  }
}

function asJson(entry: ProductEntry): ResponseDocument {
  return { body: JSON.stringify(writeRestoFeature(entry)), mediaType: 'application/json; charset=utf-8' };
}
