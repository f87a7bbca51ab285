import { Controller, Get, Param, Req, Res, UseFilters } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { clientGone } from '#platform/client-gone.js';
import { PublicAddress } from '#platform/public-address.js';
import type { Kvp } from '#protocols/ows/kvp.js';
import { parseInstanceMap } from '#protocols/sentinelhub/parse-instance-map.js';
import { WmsError } from '#protocols/wms/wms-error.js';
import { parseWmsOperation } from '#protocols/wms/wms-request.js';
import { PlanMap } from '../plan-map.js';
import { knownTo, kvpOf, sendMap } from '../send-map.js';
import type { StyleAnswer } from '../wms/describe-styles.js';
import { DescribeInstance } from './describe-instance.js';
import { DrawInstance, type DecidedImage } from './draw-instance.js';
import { InstanceFilter } from './instance.filter.js';
import { PlanInstance } from './plan-instance.js';

/** Seconds an image may be reused without asking. */
const IMAGE_AGE = 60;

/** `/ogc/wms/{instance}` and `/ogc/wcs/{instance}`: images of an instance, as sentinelhub-py's WmsRequest and WcsRequest and eo-learn ask for them, and as map clients do. */
@ApiTags('instances')
@Controller('ogc')
@UseFilters(InstanceFilter)
export class InstanceImagesController {
  constructor(
    private readonly instances: PlanInstance,
    private readonly planning: PlanMap,
    private readonly drawing: DrawInstance,
    private readonly describing: DescribeInstance,
    private readonly publicAddress: PublicAddress,
  ) {}

  @Get('wms/:instance')
  async map(@Param('instance') id: string, @Req() http: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const kvp = kvpOf(http);
    const operation = parseWmsOperation(kvp);
    switch (operation) {
      case 'GetMap':
        return this.sendImage(id, kvp, { http, reply });
      case 'GetCapabilities':
        return send(await this.describing.capabilities(id, kvp, this.publicAddress.of(http)), reply);
      case 'GetFeatureInfo':
        return send(await this.describing.featureInfo(id, kvp, clientGone(reply)), reply);
      case 'GetLegendGraphic':
        return send(await this.describing.legend(id, kvp), reply);
      case 'GetStyles':
      case 'DescribeLayer':
        throw notDone(operation, 'GetCapabilities, GetMap, GetFeatureInfo and GetLegendGraphic');
    }
  }

  @Get('wcs/:instance')
  async coverage(
    @Param('instance') id: string,
    @Req() http: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const kvp = kvpOf(http);
    const operation = kvp.get('REQUEST') ?? '';
    if (operation.toLowerCase() !== 'getcoverage') throw notDone(operation, 'GetCoverage');
    return this.sendImage(id, kvp, { http, reply });
  }

  private async sendImage(
    id: string,
    kvp: Kvp,
    { http, reply }: { readonly http: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<void> {
    const request = parseInstanceMap(kvp);
    const plan = await this.instances.execute(id, request);
    const gone = clientGone(reply);
    if (request.format.kind === 'samples' || request.clip !== undefined) {
      const found = { ...(await this.planning.find(plan.map, gone)), etag: '', underlays: [] };
      return this.sendComputed({ request, plan, planned: found }, gone, reply);
    }
    const planned = await this.planning.execute(plan.map, gone);
    const isKnown = knownTo(http)(planned.etag);
    const image = isKnown ? undefined : await this.drawing.picture({ request, plan, planned }, gone);
    sendMap({ ...planned, ...(image && { image }) }, IMAGE_AGE, reply);
  }

  /** Of the scenes themselves, however many there are; what cuts it or computes it has no tag. */
  private async sendComputed(decided: DecidedImage, gone: AbortSignal, reply: FastifyReply): Promise<void> {
    if (decided.request.format.kind === 'samples') return this.sendValues(decided, gone, reply);
    const image = await this.drawing.picture(decided, gone);
    sendMap({ ...decided.planned, image: { ...image, isPartial: true } }, IMAGE_AGE, reply);
  }

  private async sendValues(decided: DecidedImage, gone: AbortSignal, reply: FastifyReply): Promise<void> {
    const { file, dates, sources } = await this.drawing.values(decided, gone);
    if (dates !== '') void reply.header('X-Frombork-Dates', dates);
    await reply
      .header('Cache-Control', 'no-cache')
      .header('X-Frombork-Sources', sources)
      .header('Content-Type', 'image/tiff')
      .header('Content-Length', file.size)
      .send(Readable.from(file.bytes(), { objectMode: false }));
  }
}

function send({ type, body }: StyleAnswer, reply: FastifyReply): void {
  void reply.header('Cache-Control', 'no-cache').type(type).send(body);
}

function notDone(operation: string, served: string): WmsError {
  const name = operation.slice(0, 40);
  return new WmsError(`${name} is not done here: ${served} is.`, 'OperationNotSupported', 'REQUEST');
}
