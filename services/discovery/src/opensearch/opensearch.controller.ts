import { Controller, Get, Inject, Req, Res, UseFilters } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Budgeted } from '#platform/client-budget.js';
import { clientGone } from '#platform/client-gone.js';
import { PLATFORM_CONFIG, type PlatformConfig } from '#platform/platform.config.js';
import { PublicAddress } from '#platform/public-address.js';
import { sendDocument } from '#platform/send-document.js';
import type { Mirror } from '#protocols/links/product-links.js';
import { isCollectionSearch, parseCollectionSearch } from '#protocols/opensearch/collection-search.js';
import { DESCRIPTION_TYPE } from '#protocols/opensearch/description-href.js';
import { parseOpenSearch } from '#protocols/opensearch/search-request.js';
import { DescribeSearch } from './describe-search.js';
import { kvpOf } from './kvp-of.js';
import { OpenSearchFilter } from './opensearch.filter.js';
import { SearchCollections } from './search-collections.js';
import { SearchProducts } from './search-products.js';
import { writeCollections, writePage } from './write-page.js';

/** `/opensearch`: OpenSearch 1.1 with the Geo, Time and EO extensions (OGC 10-032r8, 13-026r9). */
@ApiTags('opensearch')
@Controller('opensearch')
@UseFilters(OpenSearchFilter)
@Budgeted()
export class OpenSearchController {
  constructor(
    private readonly describeSearch: DescribeSearch,
    private readonly searchProducts: SearchProducts,
    private readonly searchCollections: SearchCollections,
    private readonly publicAddress: PublicAddress,
    @Inject(PLATFORM_CONFIG) private readonly config: PlatformConfig,
  ) {}

  /** The description document, of one collection by `parentIdentifier` or of all. */
  @Get('description.xml')
  async description(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const parent = kvpOf(request).get('PARENTIDENTIFIER');
    const body = await this.describeSearch.execute(this.mirror(request), parent);
    await sendDocument({ body, mediaType: `${DESCRIPTION_TYPE}; charset=utf-8` }, request, reply);
  }

  /** The search; a slash before the `?` makes no difference. `type=collection` asks for collections. */
  @Get('request')
  async search(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const kvp = kvpOf(request);
    if (isCollectionSearch(kvp)) {
      await this.collections(request, reply);
      return;
    }
    const search = parseOpenSearch(kvp, request.headers.accept);
    const page = await this.searchProducts.execute(search, this.mirror(request), clientGone(reply));
    await sendDocument(writePage(page), request, reply);
  }

  /** The first of two steps (CEOS-BP-001): collections, each with the description of its own search. */
  @Get('collections')
  async collections(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const search = parseCollectionSearch(kvpOf(request), request.headers.accept);
    const page = await this.searchCollections.execute(search, this.mirror(request));
    await sendDocument(writeCollections(page, search.form), request, reply);
  }

  private mirror(request: FastifyRequest): Mirror {
    return { address: this.publicAddress.of(request), name: this.config.FROMBORK_MIRROR };
  }
}
