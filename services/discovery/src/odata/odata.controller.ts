import { Body, Controller, Get, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InvalidError, NotFoundError } from '#domain/errors.js';
import { clientGone } from '#platform/client-gone.js';
import { PublicAddress } from '#platform/public-address.js';
import { parseResourcePath, type ODataResource } from '#protocols/odata/resource-path.js';
import { AnswerOData } from './answer-odata.js';
import { ListProducts } from './list-products.js';
import { ODATA_ROOT, pathOf, queryOf, sendJson } from './odata-answer.js';
import { ODataFilter } from './odata.filter.js';

/** `/odata/v1`: the catalogue as CDSE's OData 4. Resource paths have keys in parentheses, so that one route takes them all. */
@ApiTags('odata')
@Controller(ODATA_ROOT)
@UseFilters(ODataFilter)
export class ODataController {
  constructor(
    private readonly answers: AnswerOData,
    private readonly products: ListProducts,
    private readonly publicAddress: PublicAddress,
  ) {}

  /** The service document. */
  @Get()
  async root(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.get(request, reply);
  }

  /** Every resource that is read. */
  @Get('*')
  async get(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.answers.execute({ resource: resourceOf(request), service: this.service(request), request, reply });
  }

  /** What is posted without changing anything: `Products/OData.CSC.FilterList`, and `Products/$query` with the options in the body, for filters no address can hold (OData 4.01 URL Conventions §5.4). */
  @Post('*')
  @HttpCode(200)
  async post(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { kind } = resourceOf(request);
    const [service, signal] = [this.service(request), clientGone(reply)];
    if (kind === 'filter-list') {
      await sendJson(await this.products.byNames(body, queryOf(request), service, signal), request, reply);
    } else if (kind === 'query') {
      await sendJson(await this.products.page(optionsIn(body, request), service, signal), request, reply);
    } else {
      throw new NotFoundError('Nothing can be posted there.');
    }
  }

  private service(request: FastifyRequest): string {
    return `${this.publicAddress.of(request)}/${ODATA_ROOT}`;
  }
}

function optionsIn(body: unknown, request: FastifyRequest): string {
  if (typeof body !== 'string') throw new InvalidError('The body is query options as text/plain: $filter=…&$top=….');
  return [queryOf(request), body].filter((part) => part !== '').join('&');
}

function resourceOf(request: FastifyRequest): ODataResource {
  const resource = parseResourcePath(pathOf(request));
  if (resource !== undefined) return resource;
  throw new NotFoundError('There is no such resource; the sets are in the service document, /odata/v1.');
}
