import { Controller, Get, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientGone } from '#platform/client-gone.js';
import { PublicAddress } from '#platform/public-address.js';
import { ASK_AGAIN } from '#platform/send-document.js';
import type { Kvp } from '#protocols/ows/kvp.js';
import { parseFeatureInfo } from '#protocols/wms/feature-info-request.js';
import { writeFeatureInfo } from '#protocols/wms/feature-info.js';
import { parseGetMap, type GetMapRequest } from '#protocols/wms/get-map-request.js';
import { checkUpdateSequence, parseGetCapabilities, parseWmsOperation } from '#protocols/wms/wms-request.js';
import { DescribeStyles, type StyleAnswer } from './describe-styles.js';
import { DescribeWms } from './describe-wms.js';
import { DrawMap } from '../draw-map.js';
import { FindFeatures } from '../find-features.js';
import { PlanMap, type PlannedMap } from '../plan-map.js';
import { knownTo, kvpOf, sendMap } from '../send-map.js';
import { readWmsForm } from './read-wms-form.js';
import { WmsExceptionFilter } from './wms-exception.filter.js';
import { WmsFailure } from './wms-failure.js';

/** Seconds a map may be reused without asking; new scenes appear after that. */
const MAP_AGE = 60;

/** `/wms`: WMS 1.3.0 (OGC 06-042) and 1.1.1 (OGC 01-068r3) by GET, and by POST of a form. */
@Controller('wms')
@UseFilters(WmsExceptionFilter)
export class WmsController {
  constructor(
    private readonly describe: DescribeWms,
    private readonly planning: PlanMap,
    private readonly drawing: DrawMap,
    private readonly features: FindFeatures,
    private readonly styles: DescribeStyles,
    private readonly publicAddress: PublicAddress,
  ) {}

  @Get()
  async get(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.answer(kvpOf(request), request, reply);
  }

  @Post()
  @HttpCode(200)
  async post(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const kvp = await readWmsForm(request);
    try {
      await this.answer(kvp, request, reply);
    } catch (cause) {
      throw new WmsFailure(kvp, cause);
    }
  }

  private async answer(kvp: Kvp, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const operation = parseWmsOperation(kvp);
    switch (operation) {
      case 'GetMap':
        return this.sendMap(kvp, request, reply);
      case 'GetFeatureInfo':
        return this.sendFeatures(kvp, reply);
      case 'GetLegendGraphic':
        return sendStyles(await this.styles.legend(kvp), reply);
      case 'GetStyles':
        return sendStyles(await this.styles.styles(kvp), reply);
      case 'DescribeLayer':
        return sendStyles(await this.styles.descriptions(kvp, this.publicAddress.of(request)), reply);
      case 'GetCapabilities':
        return this.sendCapabilities(kvp, request, reply);
    }
  }

  private async sendCapabilities(kvp: Kvp, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const asked = parseGetCapabilities(kvp);
    const { document, sequence } = await this.describe.execute(this.publicAddress.of(request), asked.dialect);
    checkUpdateSequence(asked, sequence);
    const type = `${asked.dialect.capabilitiesType}; charset=utf-8`;
    void reply.header('Cache-Control', ASK_AGAIN).type(type).send(document);
  }

  private async sendFeatures(kvp: Kvp, reply: FastifyReply): Promise<void> {
    const asked = parseFeatureInfo(kvp);
    const { type, body } = writeFeatureInfo(await this.features.execute(asked, clientGone(reply)), asked.form);
    void reply.header('Cache-Control', 'no-cache').type(type).send(body);
  }

  private async sendMap(kvp: Kvp, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const gone = clientGone(reply);
    const getMap = parseGetMap(kvp);
    const plan = withDefaults(await this.planning.execute(getMap, gone), getMap);
    const isKnown = knownTo(request)(plan.etag);
    sendMap(isKnown ? plan : { ...plan, image: await this.drawing.execute(getMap, plan, gone) }, MAP_AGE, reply);
  }
}

/** Tells that the declared default of cloud cover was used (1.3.0 §C.4.2). */
function withDefaults(plan: PlannedMap, { maxCloudCover }: GetMapRequest): PlannedMap {
  if (!plan.hasCloudCover || maxCloudCover !== undefined) return plan;
  return { ...plan, warnings: [...plan.warnings, '99 Default value used: cloud_cover=100'] };
}

function sendStyles({ type, body }: StyleAnswer, reply: FastifyReply): void {
  void reply.header('Cache-Control', 'public, max-age=3600').type(type).send(body);
}
