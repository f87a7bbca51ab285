import { Inject, Injectable } from '@nestjs/common';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { isZone, setsAround } from '#domain/tiles/sets-around.js';
import type { TileMatrixSet } from '#domain/tiles/tile-matrix-set.js';
import { PLATFORM_CONFIG, type PlatformConfig } from '#platform/platform.config.js';
import type { WmtsDescription } from '#protocols/wmts/capabilities.js';
import { legendSize } from '../draw-legend.js';
import { ListLayers } from '../list-layers.js';
import { MAP_CONFIG, type MapConfig } from '../view.config.js';

/** Of a layer that lies in more zones of UTM none is listed, for clients offer every layer, style and set as a row to choose; tiles are drawn in all zones. */
const MOST_ZONES = 6;

/** Tells what the WMTS has now. */
@Injectable()
export class DescribeWmts {
  constructor(
    private readonly layers: ListLayers,
    @Inject(PLATFORM_CONFIG) private readonly platform: PlatformConfig,
    @Inject(MAP_CONFIG) private readonly config: MapConfig,
  ) {}

  /** `mirror` is the public address, without trailing slash. */
  async execute(mirror: string): Promise<WmtsDescription> {
    const { layers, sequence } = await this.layers.execute();
    const name = this.platform.FROMBORK_MIRROR;
    const { FROMBORK_CONTACT_ORGANISATION: organisation, FROMBORK_CONTACT_EMAIL: email } = this.config;
    return {
      title: `${name} tiles`,
      abstract:
        'Map tiles of the Sentinel products in this Copernicus mirror; without Time the newest scene of every place.',
      keywords: ['Copernicus', 'Sentinel', 'Earth observation', 'satellite imagery', 'infoMapAccessService'],
      mirror,
      updateSequence: String(Date.parse(sequence)),
      layers: layers.map((layer) => ({
        ...layer,
        sets: setsOf(layer.bbox),
        styles: layer.styles.map((style) => ({ ...style, legend: legendSize(style) })),
      })),
      contact: { organisation: organisation ?? name, ...(email !== undefined && { email }) },
    };
  }
}

function setsOf(bbox: BoundingBox): readonly TileMatrixSet[] {
  const sets = setsAround(bbox);
  return sets.filter(isZone).length > MOST_ZONES ? sets.filter((set) => !isZone(set)) : sets;
}
