import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InvalidError } from '#domain/errors.js';
import { CoordinateSystems } from '#domain/ports/coordinate-systems.js';
import type { PlaneBox } from '#domain/tiles/tile-matrix-set.js';
import { clientGone } from '#platform/client-gone.js';
import { chooseTileFormat } from '#protocols/tiles/choose-tile-format.js';
import type { MapPath } from '#protocols/tiles/map-link.js';
import { parseMapFrame, sizeOf, writeContentBbox, type MapFrame } from '#protocols/tiles/map-request-parameters.js';
import { crsUri } from '#protocols/wcs/coverage-crs.js';
import { DrawMap } from '../draw-map.js';
import type { MapRequest } from '../map-request.js';
import { PlanMap } from '../plan-map.js';
import { knownTo, kvpOf, sendMap } from '../send-map.js';
import { asAddress } from '../tiles/read-tile.js';
import { DescribeMap } from './describe-map.js';
import { MAP_ROUTES } from './map-routes.js';
import { ReadMapSubject } from './map-subject.js';

/** Seconds a map may be used again without asking. */
const MAP_AGE = 60;

/** OGC API Maps 1.0 (OGC 20-058): the dataset, collections and items as one map. */
@ApiTags('ogc-api-maps')
@Controller('ogc/api')
export class MapsController {
  constructor(
    private readonly subjects: ReadMapSubject,
    private readonly describe: DescribeMap,
    private readonly planning: PlanMap,
    private readonly drawing: DrawMap,
    private readonly systems: CoordinateSystems,
  ) {}

  @Get(MAP_ROUTES)
  async map(@Param() path: MapPath, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const gone = clientGone(reply);
    try {
      const { map, frame } = await this.read(path, request);
      const plan = await this.planning.execute(map, gone);
      void reply
        .header('Content-Crs', `<${crsUri(frame.crs.code)}>`)
        .header('Content-Bbox', writeContentBbox(map.bbox, frame.crs))
        .header('Vary', 'Accept');
      const isKnown = knownTo(request)(plan.etag);
      sendMap(isKnown ? plan : { ...plan, image: await this.drawing.execute(map, plan, gone) }, MAP_AGE, reply);
    } catch (error) {
      throw asAddress(error);
    }
  }

  private async read(path: MapPath, request: FastifyRequest): Promise<{ map: MapRequest; frame: MapFrame }> {
    const kvp = kvpOf(request);
    const frame = parseMapFrame(kvp);
    const format = chooseTileFormat(kvp.get('F'), request.headers.accept);
    const { collections, style, time, only } = await this.subjects.execute(path, request, ['bbox']);
    const bbox = this.boxOf(frame) ?? (await this.wholeOf({ collections, style, time }, path, frame));
    const [width, height] = sizeOf(frame, bbox);
    const map: MapRequest = {
      layers: collections.map((name) => ({ name, style })),
      crs: frame.crs.code,
      bbox,
      width,
      height,
      format,
      transparent: format !== 'image/jpeg' && frame.transparent !== false,
      background: frame.background,
      time,
      ...(only && { only }),
    };
    return { map, frame };
  }

  private boxOf({ box, crs }: MapFrame): PlaneBox | undefined {
    if (!box || box.crs.code === crs.code) return box?.bbox;
    return this.transformed(box.crs.code, crs.code, box.bbox);
  }

  private async wholeOf(
    subject: Parameters<DescribeMap['boundsOf']>[0],
    path: MapPath,
    { crs }: MapFrame,
  ): Promise<PlaneBox> {
    const [west, south, east, north] = await this.describe.boundsOf(subject, path);
    const box = west <= east ? ([west, south, east, north] as const) : ([-180, south, 180, north] as const);
    return crs.code === 'CRS:84' ? box : this.transformed('CRS:84', crs.code, box);
  }

  private transformed(from: string, to: string, box: PlaneBox): PlaneBox {
    const found = this.systems.transformBounds(from, to, box);
    if (found) return found;
    throw new InvalidError('Part of the map has no place in this crs: name a smaller bbox.', { subject: 'bbox' });
  }
}
