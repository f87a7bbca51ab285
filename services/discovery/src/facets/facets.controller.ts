import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Budgeted } from '#platform/client-budget.js';
import { clientGone } from '#platform/client-gone.js';
import { sendDocument } from '#platform/send-document.js';
import { parseFacetNames, parseTimelineInterval, writeFacets, writeTimeline } from '#protocols/opensearch/facets.js';
import { kvpOf } from '../opensearch/kvp-of.js';
import { OpenSearchFilter } from '../opensearch/opensearch.filter.js';
import { CountFacets } from './count-facets.js';

/** `/opensearch/facets` and `/opensearch/timeline`: how many products a search finds, by what. They take every parameter of the search. */
@ApiTags('opensearch')
@Controller('opensearch')
@UseFilters(OpenSearchFilter)
@Budgeted()
export class FacetsController {
  constructor(private readonly countFacets: CountFacets) {}

  /** `facets=month,platform`: counts by calendar parts of the acquisition begin and by values of queryables. */
  @Get('facets')
  async facets(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const kvp = kvpOf(request);
    const facets = await this.countFacets.execute(kvp, parseFacetNames(kvp), clientGone(reply));
    await sendJson(writeFacets(facets), request, reply);
  }

  /** `interval=year|month|day`: counts along the time of acquisition. */
  @Get('timeline')
  async timeline(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const kvp = kvpOf(request);
    const facets = await this.countFacets.execute(kvp, [parseTimelineInterval(kvp)], clientGone(reply));
    for (const facet of facets) await sendJson(writeTimeline(facet), request, reply);
  }
}

function sendJson(value: object, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  return sendDocument({ body: JSON.stringify(value), mediaType: 'application/json' }, request, reply);
}
