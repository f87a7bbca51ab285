import { Controller, Get, Inject, Param, Req, Res, UseFilters } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '#domain/ports/clock.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { clientGone } from '#platform/client-gone.js';
import { PLATFORM_CONFIG, type PlatformConfig } from '#platform/platform.config.js';
import { PublicAddress } from '#platform/public-address.js';
import { sendDocument } from '#platform/send-document.js';
import type { Mirror } from '#protocols/links/product-links.js';
import { writeRestoAtom } from '#protocols/resto/resto-atom.js';
import { writeRestoCollections } from '#protocols/resto/resto-collection-list.js';
import { writeRestoDescription } from '#protocols/resto/resto-description.js';
import { writeRestoPage, type RestoPage } from '#protocols/resto/resto-page.js';
import { parseRestoSearch } from '#protocols/resto/resto-request.js';
import { parseKvp } from '#protocols/ows/kvp.js';
import { RestoFilter } from './resto.filter.js';
import { RestoSearch } from './resto-search.js';

/** `/resto/api`: search and description as resto 2.2 and 2.3 have them, with the extras of CREODIAS and CDSE. */
@ApiTags('resto')
@Controller('resto')
@UseFilters(RestoFilter)
export class RestoSearchController {
  constructor(
    private readonly restoSearch: RestoSearch,
    private readonly catalog: ProductCatalog,
    private readonly clock: Clock,
    private readonly publicAddress: PublicAddress,
    @Inject(PLATFORM_CONFIG) private readonly config: PlatformConfig,
  ) {}

  /** The collections, one per mission. */
  @Get(['api/collections.json', 'collections.json', 'api/collections'])
  async collections(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const list = writeRestoCollections(await this.catalog.collections(), this.mirror(request));
    await sendDocument({ body: JSON.stringify(list), mediaType: JSON_TYPE }, request, reply);
  }

  /** Searches all collections. */
  @Get('api/collections/search.json')
  async searchAll(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.sendJson(await this.search(undefined, request, reply), request, reply);
  }

  /** The same as Atom. */
  @Get('api/collections/search.atom')
  async searchAllAtom(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.sendAtom(await this.search(undefined, request, reply), request, reply);
  }

  /** Describes the search of all collections. */
  @Get('api/collections/describe.xml')
  async describeAll(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.sendDescription(undefined, request, reply);
  }

  /** Searches a mission (`Sentinel2`) or a collection (`sentinel-2-l1c`, `S2_MSI_L1C`). */
  @Get('api/collections/:collection/search.json')
  async searchOne(
    @Param('collection') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.sendJson(await this.search(name, request, reply), request, reply);
  }

  /** The same as Atom. */
  @Get('api/collections/:collection/search.atom')
  async searchOneAtom(
    @Param('collection') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.sendAtom(await this.search(name, request, reply), request, reply);
  }

  /** Describes the search of one. */
  @Get('api/collections/:collection/describe.xml')
  async describeOne(
    @Param('collection') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.sendDescription(name, request, reply);
  }

  private search(name: string | undefined, request: FastifyRequest, reply: FastifyReply): Promise<RestoPage> {
    const mark = request.url.indexOf('?');
    const query = mark < 0 ? '' : request.url.slice(mark + 1);
    const given = [...new URLSearchParams(query)].filter(([, value]) => value !== '');
    return this.restoSearch.execute(
      parseRestoSearch(parseKvp(query), given),
      name,
      this.mirror(request),
      clientGone(reply),
    );
  }

  private async sendJson(page: RestoPage, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const body = JSON.stringify(writeRestoPage(page), undefined, page.request.isPretty ? 2 : 0);
    await sendDocument({ body, mediaType: JSON_TYPE }, request, reply);
  }

  private async sendAtom(page: RestoPage, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const body = writeRestoAtom(page, this.clock.now());
    await sendDocument({ body, mediaType: 'application/atom+xml; charset=utf-8' }, request, reply);
  }

  private async sendDescription(name: string | undefined, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const collections = await this.restoSearch.collections(name);
    const body = writeRestoDescription({
      mirror: this.mirror(request),
      collections,
      ...(name === undefined ? {} : { name }),
    });
    await sendDocument({ body, mediaType: 'application/opensearchdescription+xml; charset=utf-8' }, request, reply);
  }

  private mirror(request: FastifyRequest): Mirror {
    return { address: this.publicAddress.of(request), name: this.config.FROMBORK_MIRROR };
  }
}

const JSON_TYPE = 'application/json; charset=utf-8';
