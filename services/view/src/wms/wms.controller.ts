import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Product } from '#domain/product/product.js';
import { PublicAddress } from '#platform/public-address.js';
import { decideRange } from '#protocols/http/decide-range.js';
import { parseKvp, type Kvp } from '#protocols/ows/kvp.js';
import { parseFeatureInfo } from '#protocols/wms/feature-info-request.js';
import { writeFeatureInfo } from '#protocols/wms/feature-info.js';
import { parseGetMap } from '#protocols/wms/get-map-request.js';
import { checkUpdateSequence, parseGetCapabilities, parseWmsOperation } from '#protocols/wms/wms-request.js';
import { DescribeStyles, type StyleAnswer } from './describe-styles.js';
import { DescribeWms } from './describe-wms.js';
import { DrawMap } from '../draw-map.js';
import { FindFeatures } from '../find-features.js';
import { PlanMap } from '../plan-map.js';
import { WmsExceptionFilter } from './wms-exception.filter.js';

/** Seconds a map may be reused without asking; new scenes appear after that. */
const MAP_AGE = 60;

/** `/wms`: WMS 1.3.0 (OGC 06-042) by HTTP GET. */
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

  /** Every operation. */
  @Get()
  async answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const kvp = kvpOf(request);
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
        return sendStyles(await this.styles.descriptions(kvp), reply);
      case 'GetCapabilities':
        return this.sendCapabilities(kvp, request, reply);
    }
  }

  private async sendCapabilities(kvp: Kvp, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { document, sequence } = await this.describe.execute(`${this.publicAddress.of(request)}/wms?`);
    checkUpdateSequence(parseGetCapabilities(kvp), sequence);
    void reply.header('Cache-Control', 'no-cache').type('text/xml; charset=utf-8').send(document);
  }

  private async sendFeatures(kvp: Kvp, reply: FastifyReply): Promise<void> {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const asked = parseFeatureInfo(kvp);
    const { type, body } = writeFeatureInfo(await this.features.execute(asked, gone.signal), asked.form);
    void reply.header('Cache-Control', 'no-cache').type(type).send(body);
  }

  private async sendMap(kvp: Kvp, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const getMap = parseGetMap(kvp);
    const plan = await this.planning.execute(getMap, gone.signal);
    void reply.header('ETag', plan.etag).header('Cache-Control', `public, max-age=${MAP_AGE}`);
    if (plan.warnings.length > 0) void reply.header('Warning', plan.warnings.join(', '));
    if (isKnown(plan.etag, request)) {
      void reply.status(304).send();
      return;
    }
    const image = await this.drawing.execute(getMap, plan, gone.signal);
    const considered = `${plan.scenes.length}${plan.isCut ? '+' : ''}`;
    const dates = datesOf(image.drawn);
    if (dates !== '') void reply.header('X-Frombork-Dates', dates);
    void reply
      .header('X-Frombork-Sources', `${image.drawn.length}/${considered}`)
      .type(image.mediaType)
      .send(Buffer.from(image.bytes));
  }
}

function sendStyles({ type, body }: StyleAnswer, reply: FastifyReply): void {
  void reply.header('Cache-Control', 'public, max-age=3600').type(type).send(body);
}

/** The parameters as they came: Fastify's own parsing would fold names and repeats its own way. */
export function kvpOf(request: FastifyRequest): Kvp {
  const mark = request.url.indexOf('?');
  return parseKvp(mark < 0 ? '' : request.url.slice(mark + 1));
}

/** The days drawn, newest first. */
function datesOf(products: readonly Product[]): string {
  const days = new Set(products.map(({ acquiredFrom }) => acquiredFrom.toISOString().slice(0, 10)));
  return [...days].toSorted().toReversed().join(',');
}

/** Maps have no modification date; only If-None-Match counts. */
function isKnown(etag: string, request: FastifyRequest): boolean {
  const headers = { 'if-none-match': request.headers['if-none-match'] };
  return decideRange({ method: 'GET', headers }, { size: 1, etag, modified: new Date(0) }).kind === 'not-modified';
}
