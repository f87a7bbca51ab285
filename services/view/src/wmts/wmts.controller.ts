import { Controller, Get, Param, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientGone } from '#platform/client-gone.js';
import { PublicAddress } from '#platform/public-address.js';
import { sendDocument } from '#platform/send-document.js';
import type { Kvp } from '#protocols/ows/kvp.js';
import { writeFeatureInfo } from '#protocols/wms/feature-info.js';
import { writeCapabilities, writeUnchanged } from '#protocols/wmts/capabilities.js';
import { parseGetTile, parseTileInfo } from '#protocols/wmts/get-tile-request.js';
import {
  kvpOfInfoPath,
  kvpOfPath,
  spanOfInfoPath,
  timeOfSpan,
  type WmtsInfoPath,
  type WmtsPath,
  type WmtsSpanInfoPath,
  type WmtsSpanPath,
} from '#protocols/wmts/wmts-path.js';
import { checkAccepted, isCurrent, parseGetCapabilities, parseWmtsOperation } from '#protocols/wmts/wmts-request.js';
import { FindFeatures } from '../find-features.js';
import { knownTo, kvpOf, sendMap } from '../send-map.js';
import { FindTile } from '../tiles/find-tile.js';
import { mapOfTile, TILE_AGE, type TileRequest } from '../tiles/tile-request.js';
import { DescribeWmts } from './describe-wmts.js';
import { WmtsExceptionFilter } from './wmts-exception.filter.js';

const XML = 'text/xml; charset=utf-8';

/** `/wmts`: WMTS 1.0.0 (OGC 07-057r7) by key-value pairs, `/wmts/1.0.0/...` by RESTful addresses. */
@Controller('wmts')
@UseFilters(WmtsExceptionFilter)
export class WmtsController {
  constructor(
    private readonly describe: DescribeWmts,
    private readonly tiles: FindTile,
    private readonly features: FindFeatures,
    private readonly publicAddress: PublicAddress,
  ) {}

  /** Every operation. */
  @Get()
  async answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const kvp = kvpOf(request);
    switch (parseWmtsOperation(kvp)) {
      case 'GetTile':
        return this.sendTile(kvp, request, reply);
      case 'GetFeatureInfo':
        return this.sendFeatures(kvp, reply);
      case 'GetCapabilities':
        return this.sendCapabilities(kvp, request, reply);
    }
  }

  /** The capabilities by their RESTful address (§10.1.1). */
  @Get('1.0.0/WMTSCapabilities.xml')
  async capabilities(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    checkAccepted(request.headers.accept);
    await this.sendCapabilities(new Map(), request, reply);
  }

  /** A tile by its RESTful address (§10.2). */
  @Get('1.0.0/:layer/:style/:time/:set/:matrix/:row/:last')
  async tile(@Param() path: WmtsPath, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.sendTile(kvpOfPath(path), request, reply);
  }

  /** The same where the time, a span of the declared extent, was filled in with its strokes as they are. */
  @Get('1.0.0/:layer/:style/:from/:to/:set/:matrix/:row/:last')
  async tileOfSpan(
    @Param() path: WmtsSpanPath,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.sendTile(kvpOfPath(timeOfSpan(path)), request, reply);
  }

  /** Feature information of a span. */
  @Get([
    '1.0.0/:layer/:style/:from/:to/:set/:matrix/:row/:column/:j/:last',
    '1.0.0/:layer/:style/:from/:to/:period/:set/:matrix/:row/:column/:j/:last',
  ])
  async infoOfSpan(@Param() path: WmtsSpanInfoPath, @Res() reply: FastifyReply): Promise<void> {
    await this.sendFeatures(kvpOfInfoPath(timeOfSpan(path)), reply);
  }

  /** What is at a pixel of a tile, by its RESTful address (§10.2); or a tile of a span with its period. */
  @Get('1.0.0/:layer/:style/:time/:set/:matrix/:row/:column/:j/:last')
  async info(@Param() path: WmtsInfoPath, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const span = spanOfInfoPath(path);
    if (span !== undefined) return this.tileOfSpan(span, request, reply);
    await this.sendFeatures(kvpOfInfoPath(path), reply);
  }

  private async sendCapabilities(kvp: Kvp, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { sections, updateSequence, format = XML } = parseGetCapabilities(kvp);
    const description = await this.describe.execute(this.publicAddress.of(request));
    const sequence = description.updateSequence;
    const document = isCurrent(updateSequence, sequence)
      ? writeUnchanged(sequence)
      : writeCapabilities(description, sections);
    await sendDocument({ body: document, mediaType: format }, request, reply);
  }

  private async sendTile(kvp: Kvp, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { layer, ...asked } = parseGetTile(kvp);
    const tile: TileRequest = { ...asked, collections: [layer], scale: 1 };
    sendMap(await this.tiles.execute(tile, knownTo(request), clientGone(reply)), TILE_AGE, reply);
  }

  private async sendFeatures(kvp: Kvp, reply: FastifyReply): Promise<void> {
    const { tile, column, row, form } = parseTileInfo(kvp);
    const map = mapOfTile({ ...tile, collections: [tile.layer], scale: 1 });
    const asked = { map, layers: map.layers, column, row, form, count: 1 };
    const { type, body } = writeFeatureInfo(await this.features.execute(asked, clientGone(reply)), form);
    // The very InfoFormat that was asked for (§7.3.3), which names no charset.
    const bare = type.replace(/;.*/, '');
    void reply.header('Cache-Control', 'no-cache').header('Content-Type', bare).send(Buffer.from(body));
  }
}
