import { Controller, Get, HttpCode, Inject, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientGone } from '#platform/client-gone.js';
import { PLATFORM_CONFIG, type PlatformConfig } from '#platform/platform.config.js';
import { PublicAddress } from '#platform/public-address.js';
import { sendDocument } from '#platform/send-document.js';
import { writeSearchAtom } from '#protocols/dhus/search-atom.js';
import { writeSearchDescription } from '#protocols/dhus/search-description.js';
import { writeSearchJson } from '#protocols/dhus/search-json.js';
import { parseDhusFormat } from '#protocols/dhus/search-request.js';
import type { Mirror } from '#protocols/links/product-links.js';
import { HubSearchFilter } from './hub-search.filter.js';
import { rawQuery } from './raw-query.js';
import { SearchHub } from './search-hub.js';

/** The version clients take this for: the last of DHuS 2 whose interface it is. */
const VERSION = '2.4.1';

/** `/dhus/search`: DHuS OpenSearch with its Solr-like `q`, by GET or as a form; `/dhus/search/description`; `/dhus/api/stub/version`. */
@ApiTags('dhus')
@Controller('dhus')
@UseFilters(HubSearchFilter)
export class HubSearchController {
  constructor(
    private readonly searchHub: SearchHub,
    private readonly publicAddress: PublicAddress,
    @Inject(PLATFORM_CONFIG) private readonly config: PlatformConfig,
  ) {}

  /** Results as Atom, or with `format=json` as JSON. */
  @Get('search')
  async search(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const parameters = rawQuery(request);
    const page = await this.searchHub.execute(parameters, this.mirror(request), clientGone(reply));
    const isJson = parseDhusFormat(parameters) === 'json';
    void reply.header('Pragma', 'no-cache');
    const document = isJson
      ? { body: writeSearchJson(page), mediaType: 'application/json' }
      : { body: writeSearchAtom(page), mediaType: 'application/xml; charset=utf-8' };
    await sendDocument(document, request, reply);
  }

  /** The same as a form, for queries longer than an address may be. */
  @Post('search')
  @HttpCode(200)
  searchByForm(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.search(request, reply);
  }

  /** The OpenSearch description document. */
  @Get('search/description')
  async description(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const mediaType = 'application/opensearchdescription+xml; charset=utf-8';
    await sendDocument({ body: writeSearchDescription(this.mirror(request)), mediaType }, request, reply);
  }

  /** What clients decide by whether the hub is one of the newer ones. */
  @Get('api/stub/version')
  async version(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendDocument({ body: JSON.stringify({ value: VERSION }), mediaType: 'application/json' }, request, reply);
  }

  private mirror(request: FastifyRequest): Mirror {
    return { address: this.publicAddress.of(request), name: this.config.FROMBORK_MIRROR };
  }
}
