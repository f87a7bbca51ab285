import { Controller, Get, Inject, Req, Res, UseFilters } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotFoundError } from '#domain/errors.js';
import { clientGone } from '#platform/client-gone.js';
import { PLATFORM_CONFIG, type PlatformConfig } from '#platform/platform.config.js';
import { PublicAddress } from '#platform/public-address.js';
import { sendDocument, type ResponseDocument } from '#platform/send-document.js';
import { writeEarthObservation } from '#protocols/om/earth-observation.js';
import { writeAtomFeed } from '#protocols/opensearch/atom-feed.js';
import { writeGeoJsonFeed } from '#protocols/opensearch/geojson-feed.js';
import type { Mirror } from '#protocols/links/product-links.js';
import { FORM_TYPES, type ResultPage } from '#protocols/opensearch/result-page.js';
import { parseOpenSearch } from '#protocols/opensearch/search-request.js';
import { parseKvp, type Kvp } from '#protocols/ows/kvp.js';
import { writeXml } from '#protocols/xml/write-xml.js';
import { DescribeSearch } from './describe-search.js';
import { OpenSearchFilter } from './opensearch.filter.js';
import { SearchProducts } from './search-products.js';

/** `/opensearch`: OpenSearch 1.1 with the Geo, Time and EO extensions (OGC 10-032r8, 13-026r9). */
@ApiTags('opensearch')
@Controller('opensearch')
@UseFilters(OpenSearchFilter)
export class OpenSearchController {
  constructor(
    private readonly describeSearch: DescribeSearch,
    private readonly searchProducts: SearchProducts,
    private readonly publicAddress: PublicAddress,
    @Inject(PLATFORM_CONFIG) private readonly config: PlatformConfig,
  ) {}

  /** The description document, of one collection by `parentIdentifier` or of all. */
  @Get('description.xml')
  async description(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const parent = kvpOf(request).get('PARENTIDENTIFIER');
    const body = await this.describeSearch.execute(this.mirror(request), parent);
    await sendDocument({ body, mediaType: 'application/opensearchdescription+xml; charset=utf-8' }, request, reply);
  }

  /** The search; a slash before the `?` makes no difference. */
  @Get('request')
  async search(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const search = parseOpenSearch(kvpOf(request), request.headers.accept);
    const page = await this.searchProducts.execute(search, this.mirror(request), clientGone(reply));
    await sendDocument(writePage(page), request, reply);
  }

  private mirror(request: FastifyRequest): Mirror {
    return { address: this.publicAddress.of(request), name: this.config.FROMBORK_MIRROR };
  }
}

function writePage(page: ResultPage): ResponseDocument {
  const { form } = page.request;
  switch (form) {
    case 'atom':
      return { body: writeAtomFeed(page), mediaType: `${FORM_TYPES.atom}; charset=utf-8` };
    case 'geojson':
      return { body: JSON.stringify(writeGeoJsonFeed(page)), mediaType: FORM_TYPES.geojson };
    case 'om': {
      const [entry] = page.entries;
      if (entry === undefined) throw new NotFoundError('No product matches.', { subject: 'uid' });
      return { body: writeXml(writeEarthObservation(entry)), mediaType: FORM_TYPES.om };
    }
  }
}

/** The parameters as they came: Fastify's own parsing would fold names and repeats its own way. */
function kvpOf(request: FastifyRequest): Kvp {
  const mark = request.url.indexOf('?');
  return parseKvp(mark < 0 ? '' : request.url.slice(mark + 1));
}
