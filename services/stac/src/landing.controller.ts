import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { PublicAddress } from '#platform/public-address.js';
import { sendDocument } from '#platform/send-document.js';
import { writeLandingPage } from '#protocols/stac/landing-page.js';
import { stacConformance } from '#protocols/stac/stac-conformance.js';
import { writeFunctions } from '#protocols/stac/stac-functions.js';
import { writeServiceDescription, writeServicePage } from '#protocols/stac/service-description.js';
import { MEDIA_TYPES, stacRoot } from '#protocols/stac/stac-link.js';
import { writeQueryables } from '#protocols/stac/stac-queryables.js';
import { sendJson } from './send-json.js';

/** STAC API Core: the landing page and what describes the service. */
@ApiTags('stac')
@Controller('stac')
export class LandingController {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly publicAddress: PublicAddress,
  ) {}

  @Get()
  async landing(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const page = writeLandingPage(await this.catalog.collections(), this.publicAddress.of(request));
    await sendJson(page, MEDIA_TYPES.json, { request, reply });
  }

  @Get('conformance')
  async conformance(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendJson({ conformsTo: stacConformance() }, MEDIA_TYPES.json, { request, reply });
  }

  @Get('queryables')
  async queryables(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const document = writeQueryables(`${stacRoot(this.publicAddress.of(request))}/queryables`);
    await sendJson(document, MEDIA_TYPES.schema, { request, reply });
  }

  @Get('functions')
  async functions(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendJson(writeFunctions(), MEDIA_TYPES.json, { request, reply });
  }

  @Get('api')
  async description(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const document = writeServiceDescription(this.publicAddress.of(request));
    await sendJson(document, MEDIA_TYPES.openapi, { request, reply });
  }

  @Get('api.html')
  async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const body = writeServicePage(this.publicAddress.of(request)).text;
    await sendDocument({ body, mediaType: MEDIA_TYPES.html }, request, reply);
  }
}
