import { Controller, Get, Param, Req, Res, UseFilters } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CoordinateSystems } from '#domain/ports/coordinate-systems.js';
import { Budgeted } from '#platform/client-budget.js';
import { clientGone } from '#platform/client-gone.js';
import { PublicAddress } from '#platform/public-address.js';
import { sendDocument, type ResponseDocument } from '#platform/send-document.js';
import { parseInstanceFeatures } from '#protocols/sentinelhub/parse-instance-features.js';
import { writeTileFeatures } from '#protocols/sentinelhub/write-tile-features.js';
import { kvpOf } from '../send-map.js';
import { FindAcquisitions } from './find-acquisitions.js';
import { FindInstance } from './find-instance.js';
import { InstanceFailure } from './instance-failure.js';
import { InstanceFilter } from './instance.filter.js';

/** `/ogc/wfs/{instance}`: which acquisitions there are, as sentinelhub-py's WebFeatureService asks. */
@ApiTags('instances')
@Controller('ogc/wfs')
@UseFilters(InstanceFilter)
@Budgeted()
export class InstanceFeaturesController {
  constructor(
    private readonly instances: FindInstance,
    private readonly acquisitions: FindAcquisitions,
    private readonly systems: CoordinateSystems,
    private readonly publicAddress: PublicAddress,
  ) {}

  @Get(':instance')
  async get(@Param('instance') id: string, @Req() http: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    try {
      await sendDocument(await this.document(id, http, clientGone(reply)), http, reply);
    } catch (cause) {
      throw new InstanceFailure(cause);
    }
  }

  private async document(id: string, http: FastifyRequest, signal: AbortSignal): Promise<ResponseDocument> {
    const instance = await this.instances.execute(id);
    const request = parseInstanceFeatures(kvpOf(http));
    const products = await this.acquisitions.execute(request, instance, signal);
    const body = writeTileFeatures(products, {
      crs: request.crs,
      address: this.publicAddress.of(http),
      project: (crs, longitude, latitude) => this.systems.project(crs, longitude, latitude),
    });
    return { body, mediaType: 'application/json; charset=utf-8' };
  }
}
