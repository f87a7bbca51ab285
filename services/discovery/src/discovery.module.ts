import { Module } from '@nestjs/common';
import { ODataModule } from './odata/odata.module.js';
import { OpenSearchModule } from './opensearch/opensearch.module.js';
import { RestoModule } from './resto/resto.module.js';

/** Discovery: every catalogue door but STAC, a folder each. Needs the ports ProductCatalog, ProductStore, ChangeFeed and ObjectStore. */
@Module({ imports: [ODataModule, OpenSearchModule, RestoModule] })
export class DiscoveryModule {}
