import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientGone } from '#platform/client-gone.js';
import { PublicAddress } from '#platform/public-address.js';
import { sendDocument } from '#platform/send-document.js';
import { parseTileSearch } from '#protocols/tiles/tile-search.js';
import { parseTime, type TimeSelection } from '#protocols/wms/time-dimension.js';
import { knownTo, kvpOf, sendMap } from '../send-map.js';
import { DescribeTiles } from './describe-tiles.js';
import { FindTile } from './find-tile.js';
import { asAddress, readXyz, type XyzPath } from './read-tile.js';
import { TILE_AGE, type TileRequest } from './tile-request.js';

interface LayerPath {
  readonly collection: string;
  readonly style: string;
}
type ItemPath = LayerPath & { readonly id: string };
type TileOf = Pick<TileRequest, 'collections' | 'style' | 'time' | 'only'>;

/** `/tiles`: XYZ tiles and TileJSON of collections (`time` or `datetime` select), of single items and of searches. */
@ApiTags('tiles')
@Controller('tiles')
export class TilesController {
  constructor(
    private readonly tiles: FindTile,
    private readonly describe: DescribeTiles,
    private readonly publicAddress: PublicAddress,
  ) {}

  @Get('search/:style/tilejson.json')
  async searchJson(
    @Param() path: LayerPath,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { collections } = parseTileSearch(queryOf(request));
    await this.sendJson({ collections, style: path.style }, request, reply);
  }

  @Get('search/:style/:z/:x/:y')
  async searchTile(
    @Param() path: LayerPath & XyzPath,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const search = parseTileSearch(queryOf(request));
    await this.send({ ...search, style: path.style, time: { kind: 'default' } }, path, request, reply);
  }

  @Get(':collection/items/:id/:style/tilejson.json')
  async itemJson(@Param() path: ItemPath, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { collection, style, id: item } = path;
    await this.sendJson({ collections: [collection], style, item }, request, reply);
  }

  @Get(':collection/items/:id/:style/:z/:x/:y')
  async itemTile(
    @Param() path: ItemPath & XyzPath,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { collection, style, id } = path;
    const tile: TileOf = { collections: [collection], style, time: { kind: 'default' }, only: { ids: [id] } };
    await this.send(tile, path, request, reply);
  }

  @Get(':collection/:style/tilejson.json')
  async layerJson(@Param() path: LayerPath, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    timeOf(request);
    await this.sendJson({ collections: [path.collection], style: path.style }, request, reply);
  }

  @Get(':collection/:style/:z/:x/:y')
  async layerTile(
    @Param() path: LayerPath & XyzPath,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const tile: TileOf = { collections: [path.collection], style: path.style, time: timeOf(request) };
    await this.send(tile, path, request, reply);
  }

  private async send(tile: TileOf, path: XyzPath, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    try {
      const asked: TileRequest = { ...tile, ...readXyz(path) };
      sendMap(await this.tiles.execute(asked, knownTo(request), clientGone(reply)), TILE_AGE, reply);
    } catch (error) {
      throw asAddress(error);
    }
  }

  /** The address of the tiles is that of the document, its query kept. */
  private async sendJson(
    subject: { readonly collections: readonly string[]; readonly style: string; readonly item?: string },
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const [path = '', query] = [request.url.split('?')[0], queryOf(request)];
    const folder = path.slice(0, path.lastIndexOf('/'));
    const tiles = `${this.publicAddress.of(request)}${folder}/{z}/{x}/{y}.png${query === '' ? '' : `?${query}`}`;
    const body = JSON.stringify(await this.describe.tileJson({ ...subject, tiles }));
    await sendDocument({ body, mediaType: 'application/json' }, request, reply);
  }
}

function queryOf({ url }: FastifyRequest): string {
  const mark = url.indexOf('?');
  return mark < 0 ? '' : url.slice(mark + 1);
}

/** As any map's TIME. */
function timeOf(request: FastifyRequest): TimeSelection {
  const kvp = kvpOf(request);
  return parseTime(kvp.get('TIME') ?? kvp.get('DATETIME'));
}
