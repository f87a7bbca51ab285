import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotFoundError } from '#domain/errors.js';
import { setsAround } from '#domain/tiles/sets-around.js';
import { TILE_MATRIX_SETS } from '#domain/tiles/tile-matrix-sets.js';
import type { TileMatrixSet } from '#domain/tiles/tile-matrix-set.js';
import { clientGone } from '#platform/client-gone.js';
import { PublicAddress } from '#platform/public-address.js';
import { chooseTileFormat } from '#protocols/tiles/choose-tile-format.js';
import { mapApiRoot, type MapPath } from '#protocols/tiles/map-link.js';
import { writeTileset, writeTilesets, type TiledMap } from '#protocols/tiles/tileset-document.js';
import { knownTo, kvpOf, sendMap } from '../send-map.js';
import { FindTile } from '../tiles/find-tile.js';
import { asAddress, readPlace } from '../tiles/read-tile.js';
import { TILE_AGE } from '../tiles/tile-request.js';
import { DescribeMap } from './describe-map.js';
import { below, mapPathOf } from './map-routes.js';
import { choiceOf, ReadMapSubject } from './map-subject.js';
import { sendJson } from './send-json.js';

type TilesetPath = MapPath & { readonly set: string };
type TilePath = TilesetPath & { readonly matrix: string; readonly row: string; readonly column: string };

/** OGC API Tiles 1.0 (OGC 20-057): tilesets and tiles of the dataset, of collections and of items, styled or not. */
@ApiTags('ogc-api-tiles')
@Controller('ogc/api')
export class MapTilesController {
  constructor(
    private readonly subjects: ReadMapSubject,
    private readonly describe: DescribeMap,
    private readonly tiles: FindTile,
    private readonly publicAddress: PublicAddress,
  ) {}

  @Get(below('tiles'))
  async list(@Param() path: MapPath, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const map = await this.mapOf(path, request);
    await sendJson(writeTilesets(map, setsAround(map.bbox)), request, reply);
  }

  @Get(below('tiles/:set'))
  async tileset(@Param() path: TilesetPath, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const set = findSet(path.set);
    const map = await this.mapOf(path, request);
    await sendJson(writeTileset(map, set), request, reply);
  }

  @Get(below('tiles/:set/:matrix/:row/:column'))
  async tile(@Param() path: TilePath, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const f = kvpOf(request).get('F');
    const format = chooseTileFormat(f, request.headers.accept);
    const place = readPlace(findSet(path.set), path);
    try {
      const subject = await this.subjects.execute(mapPathOf(path), request);
      const tile = { ...subject, ...place, scale: 1 as const, format };
      if (f === undefined) void reply.header('Vary', 'Accept');
      sendMap(await this.tiles.execute(tile, knownTo(request), clientGone(reply)), TILE_AGE, reply);
    } catch (error) {
      throw asAddress(error);
    }
  }

  private async mapOf(path: MapPath, request: FastifyRequest): Promise<TiledMap> {
    const mirror = this.publicAddress.of(request);
    const subject = await this.subjects.execute(path, request);
    const query = choiceOf(request).toString();
    return this.describe.execute(subject, { path: mapPathOf(path), root: mapApiRoot(mirror), mirror, query });
  }
}

function findSet(id: string): TileMatrixSet {
  const set = TILE_MATRIX_SETS.get(id);
  if (set) return set;
  throw new NotFoundError(`There is no tile matrix set ${id.slice(0, 60)}; /ogc/api/tileMatrixSets lists them.`);
}
