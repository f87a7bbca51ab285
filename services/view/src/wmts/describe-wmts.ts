import { Inject, Injectable } from '@nestjs/common';
import { PLATFORM_CONFIG, type PlatformConfig } from '#platform/platform.config.js';
import type { WmtsDescription } from '#protocols/wmts/capabilities.js';
import { legendSize } from '../draw-legend.js';
import { ListLayers } from '../list-layers.js';
import { MAP_CONFIG, type MapConfig } from '../view.config.js';

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
      updateSequence: sequence,
      layers: layers.map((layer) => ({
        ...layer,
        styles: layer.styles.map((style) => ({ ...style, legend: legendSize(style) })),
      })),
      contact: { organisation: organisation ?? name, ...(email !== undefined && { email }) },
    };
  }
}
