import { Injectable } from '@nestjs/common';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { CoordinateSystems } from '#domain/ports/coordinate-systems.js';
import { RasterEngine } from '#domain/ports/raster-engine.js';
import type { MapImage } from '../map-image.js';
import type { MapRequest } from '../map-request.js';

/** What a tile needs besides its scenes: its place on Earth, a picture of nothing. */
@Injectable()
export class TileGround {
  constructor(
    private readonly systems: CoordinateSystems,
    private readonly engine: RasterEngine,
  ) {}

  boundsOf({ crs, bbox }: MapRequest): BoundingBox | undefined {
    return this.systems.geographicBounds(crs, bbox);
  }

  async blank({ width, height, format, transparent, background }: MapRequest): Promise<MapImage> {
    const frame = { crs: 'CRS:84', bbox: [-180, -90, 180, 90] as const, width, height };
    const { bytes } = await this.engine.render({ sources: [], ...frame, format, transparent, background });
    return { bytes: Buffer.from(bytes), mediaType: format, dates: '', sources: '0/0' };
  }
}
