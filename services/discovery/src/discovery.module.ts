import { Module } from '@nestjs/common';
import { CswModule } from './csw/csw.module.js';
import { FederationModule } from './federation/federation.module.js';
import { ODataModule } from './odata/odata.module.js';
import { DhusModule } from './dhus/dhus.module.js';
import { OpenSearchModule } from './opensearch/opensearch.module.js';
import { RestoModule } from './resto/resto.module.js';

/** Discovery: every catalogue door but STAC, a folder each. Needs the ports ProductCatalog, ProductStore, ChangeFeed and ObjectStore. */
@Module({ imports: [CswModule, OpenSearchModule] })
@Module({ imports: [OpenSearchModule, RestoModule] })
/** Discovery: every catalogue door but STAC, a folder each. Needs the ports ProductCatalog, ProductStore, ChangeFeed, HarvestStore, ObjectStore and OutgoingHttp. */
@Module({ imports: [CswModule, FederationModule, ODataModule, OpenSearchModule, RestoModule] })
@Module({ imports: [ODataModule, OpenSearchModule, RestoModule] })
@Module({ imports: [DhusModule, OpenSearchModule] })
export class DiscoveryModule {}

// What the all-in-one needs to configure the module; it imports nothing else of a service.
export { FEDERATION_CONFIG, federationConfig } from './federation/federation.config.js';
