import { Inject, Injectable } from '@nestjs/common';
import { RasterEngine } from '#domain/ports/raster-engine.js';
import { PLATFORM_CONFIG, type PlatformConfig } from '#platform/platform.config.js';
import { writeCapabilities } from '#protocols/wms/capabilities.js';
import { LISTED_CRS } from '#protocols/wms/map-crs.js';
import { legendSize } from '../draw-legend.js';
import { ListLayers } from '../list-layers.js';
import { MAP_CONFIG, type MapConfig } from '../view.config.js';

/** Writes the capabilities of what there is to see now. */
@Injectable()
export class DescribeWms {
  constructor(
    private readonly layers: ListLayers,
    private readonly engine: RasterEngine,
    @Inject(PLATFORM_CONFIG) private readonly platform: PlatformConfig,
    @Inject(MAP_CONFIG) private readonly config: MapConfig,
  ) {}

  /** `address` is the public one of the service, ending in `?`. */
  async execute(address: string): Promise<{ readonly document: string; readonly sequence: string }> {
    const { layers, sequence } = await this.layers.execute();
    const mirror = this.platform.FROMBORK_MIRROR;
    const { FROMBORK_CONTACT_ORGANISATION: organisation, FROMBORK_CONTACT_EMAIL: email } = this.config;
    const document = writeCapabilities({
      title: `${mirror} maps`,
      abstract:
        'Maps of the Sentinel products in this Copernicus mirror; without TIME the newest scene of every place.',
      keywords: ['Copernicus', 'Sentinel', 'Earth observation', 'satellite imagery', 'infoMapAccessService'],
      address,
      updateSequence: sequence,
      crs: LISTED_CRS.filter((crs) => this.engine.supports(crs)),
      layers: layers.map((layer) => ({
        ...layer,
        styles: layer.styles.map((style) => ({ ...style, legend: legendSize(style) })),
      })),
      contact: { organisation: organisation ?? mirror, ...(email !== undefined && { email }) },
    });
    return { document, sequence };
  }
}
