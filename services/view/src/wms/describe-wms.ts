import { Inject, Injectable } from '@nestjs/common';
import { RasterEngine } from '#domain/ports/raster-engine.js';
import { PLATFORM_CONFIG, type PlatformConfig } from '#platform/platform.config.js';
import { writeParentIdentifier } from '#protocols/opensearch/product-identifier.js';
import { writeCapabilities } from '#protocols/wms/capabilities.js';
import { LISTED_CRS } from '#protocols/wms/map-crs.js';
import type { WmsLayer } from '#protocols/wms/wms-description.js';
import type { WmsDialect } from '#protocols/wms/wms-version.js';
import { legendSize } from '../draw-legend.js';
import { ListLayers } from '../list-layers.js';
import type { ViewLayer } from '../view-layer.js';
import { MAP_CONFIG, type MapConfig } from '../view.config.js';

/** A capabilities document and its sequence. */
export interface WmsDocument {
  readonly document: string;
  readonly sequence: string;
}

/** Layers under one address: `service` is public and ends in `?`. */
export interface DescribedMaps {
  readonly title: string;
  readonly service: string;
  readonly layers: readonly ViewLayer[];
}

/** Writes the capabilities of what there is to see now. */
@Injectable()
export class DescribeWms {
  constructor(
    private readonly layers: ListLayers,
    private readonly engine: RasterEngine,
    @Inject(PLATFORM_CONFIG) private readonly platform: PlatformConfig,
    @Inject(MAP_CONFIG) private readonly config: MapConfig,
  ) {}

  /** In a version's form; `address` is the public one of the mirror. */
  async execute(address: string, dialect: WmsDialect): Promise<WmsDocument> {
    const { layers, sequence } = await this.layers.execute();
    const own = { title: `${this.platform.FROMBORK_MIRROR} maps`, service: `${address}/wms?`, layers };
    return { document: this.write(own, { address, dialect, sequence }), sequence };
  }

  /** The same of other layers under an address of their own. */
  async of(maps: DescribedMaps, address: string, dialect: WmsDialect): Promise<WmsDocument> {
    const { sequence } = await this.layers.execute();
    return { document: this.write(maps, { address, dialect, sequence }), sequence };
  }

  private write(
    { title, service, layers }: DescribedMaps,
    {
      address,
      dialect,
      sequence,
    }: { readonly address: string; readonly dialect: WmsDialect; readonly sequence: string },
  ): string {
    const mirror = this.platform.FROMBORK_MIRROR;
    const { FROMBORK_CONTACT_ORGANISATION: organisation, FROMBORK_CONTACT_TELEPHONE: telephone } = this.config;
    const email = this.config.FROMBORK_CONTACT_EMAIL;
    const description = {
      title,
      abstract:
        'Maps of the Sentinel products in this Copernicus mirror; without TIME the newest scene of every place.',
      keywords: ['Copernicus', 'Sentinel', 'Earth observation', 'satellite imagery', 'infoMapAccessService'],
      address: service,
      updateSequence: sequence,
      crs: LISTED_CRS.filter((crs) => this.engine.supports(crs)),
      layers: layers.map((layer) => describeLayer(layer, { address, mirror })),
      contact: {
        organisation: organisation ?? mirror,
        ...(telephone !== undefined && { telephone }),
        ...(email !== undefined && { email }),
      },
      authorityAddress: `${address}/csw?SERVICE=CSW&REQUEST=GetCapabilities`,
    };
    return writeCapabilities(description, dialect);
  }
}

/** The catalogue has a record of every collection, by the identifier its products name as their parent. */
function describeLayer(
  layer: ViewLayer,
  { address, mirror }: { readonly address: string; readonly mirror: string },
): WmsLayer {
  const { shortName, license } = layer.collection;
  const identifier = writeParentIdentifier(mirror, shortName);
  const record = new URLSearchParams({
    SERVICE: 'CSW',
    VERSION: '2.0.2',
    REQUEST: 'GetRecordById',
    ID: identifier,
    ELEMENTSETNAME: 'full',
    OUTPUTSCHEMA: 'http://www.isotc211.org/2005/gmd',
    OUTPUTFORMAT: 'application/xml',
  });
  return {
    ...layer,
    styles: layer.styles.map((style) => ({ ...style, legend: legendSize(style) })),
    attribution: { title: license.title, address: license.url },
    identifier,
    metadataAddress: `${address}/csw?${record.toString()}`,
  };
}
