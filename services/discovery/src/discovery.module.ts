import { Module } from '@nestjs/common';
import { CswModule } from './csw/csw.module.js';
import { DhusModule } from './dhus/dhus.module.js';
import { FederationModule } from './federation/federation.module.js';
import { ODataModule } from './odata/odata.module.js';
import { OpenSearchModule } from './opensearch/opensearch.module.js';
import { RestoModule } from './resto/resto.module.js';

/** Discovery: every catalogue door but STAC, a folder each. Needs the ports ProductCatalog, ProductStore, ChangeFeed, HarvestStore, ObjectStore and OutgoingHttp. */
@Module({ imports: [CswModule, DhusModule, FederationModule, ODataModule, OpenSearchModule, RestoModule] })
export class DiscoveryModule {}

// What the all-in-one needs to configure the module; it imports nothing else of a service.
export { FEDERATION_CONFIG, federationConfig } from './federation/federation.config.js';
