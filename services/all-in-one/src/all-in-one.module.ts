import { Module } from '@nestjs/common';
import { z } from 'zod';
import {
  ACQUISITION_CONFIG,
  AcquisitionModule,
  acquisitionConfig,
} from '#services/acquisition/src/acquisition.module.js';
import { DiscoveryModule, FEDERATION_CONFIG, federationConfig } from '#services/discovery/src/discovery.module.js';
import { DownloadModule } from '#services/download/src/download.module.js';
import { PortalModule } from '#services/portal/src/portal.module.js';
import { EXPORT_CONFIG, exportConfig, StacModule } from '#services/stac/src/stac.module.js';
import { MAP_CONFIG, ViewModule, mapConfig } from '#services/view/src/view.module.js';

/** Every service in one process. */
@Module({ imports: [AcquisitionModule, DiscoveryModule, DownloadModule, PortalModule, StacModule, ViewModule] })
export class AllInOneModule {}

/** The services' own parts of the configuration. */
export const servicesConfig = z.object({
  ...acquisitionConfig.shape,
  ...mapConfig.shape,
  ...federationConfig.shape,
  ...exportConfig.shape,
});

/** The tokens their classes ask for it by. */
export const ALL_CONFIG_TOKENS = [ACQUISITION_CONFIG, EXPORT_CONFIG, FEDERATION_CONFIG, MAP_CONFIG];
