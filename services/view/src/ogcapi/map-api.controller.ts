import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotFoundError } from '#domain/errors.js';
import { TILE_MATRIX_SETS } from '#domain/tiles/tile-matrix-sets.js';
import { PLATFORM_CONFIG, type PlatformConfig } from '#platform/platform.config.js';
import { PublicAddress } from '#platform/public-address.js';
import { sendDocument } from '#platform/send-document.js';
import { writeMapDescription } from '#protocols/tiles/map-api-description.js';
import {
  MAP_CONFORMANCE,
  writeMapCollection,
  writeMapCollections,
  writeMapLanding,
  writeMapStyles,
  type MapCollection,
} from '#protocols/tiles/map-api-documents.js';
import { mapApiRoot, OPENAPI_TYPE } from '#protocols/tiles/map-link.js';
import { writeTileMatrixSet, writeTileMatrixSets } from '#protocols/tiles/tile-matrix-set-document.js';
import { ListLayers } from '../list-layers.js';
import { sendJson } from './send-json.js';

/** `/ogc/api`: where OGC API Tiles and Maps begin, and what they are of (OGC API Common). */
@ApiTags('ogc-api')
@Controller('ogc/api')
export class MapApiController {
  constructor(
    private readonly layers: ListLayers,
    private readonly publicAddress: PublicAddress,
    @Inject(PLATFORM_CONFIG) private readonly platform: PlatformConfig,
  ) {}

  @Get()
  async landing(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendJson(writeMapLanding(this.title(), this.publicAddress.of(request)), request, reply);
  }

  @Get('conformance')
  async conformance(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendJson({ conformsTo: MAP_CONFORMANCE }, request, reply);
  }

  @Get('api')
  async description(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const body = JSON.stringify(writeMapDescription(this.title(), this.publicAddress.of(request)));
    await sendDocument({ body, mediaType: OPENAPI_TYPE }, request, reply);
  }

  @Get('tileMatrixSets')
  async sets(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const root = mapApiRoot(this.publicAddress.of(request));
    await sendJson(writeTileMatrixSets([...TILE_MATRIX_SETS.values()], root), request, reply);
  }

  @Get('tileMatrixSets/:set')
  async set(@Param('set') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const set = TILE_MATRIX_SETS.get(id);
    if (!set) throw new NotFoundError(`There is no tile matrix set ${id.slice(0, 60)}.`);
    await sendJson(writeTileMatrixSet(set), request, reply);
  }

  @Get('collections')
  async collections(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { layers } = await this.layers.execute();
    await sendJson(writeMapCollections(layers, this.publicAddress.of(request)), request, reply);
  }

  @Get('collections/:collection')
  async collection(
    @Param('collection') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendJson(writeMapCollection(await this.find(id), this.publicAddress.of(request)), request, reply);
  }

  @Get('collections/:collection/styles')
  async styles(
    @Param('collection') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendJson(writeMapStyles(await this.find(id), this.publicAddress.of(request)), request, reply);
  }

  private async find(id: string): Promise<MapCollection> {
    const { layers } = await this.layers.execute();
    const layer = layers.find(({ name }) => name === id);
    if (!layer) throw new NotFoundError(`There is no collection ${id.slice(0, 100)} that can be drawn.`);
    return layer;
  }

  private title(): string {
    return `${this.platform.FROMBORK_MIRROR} maps and tiles`;
  }
}
