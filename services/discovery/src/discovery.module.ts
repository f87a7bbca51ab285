import { Module } from '@nestjs/common';
import { ODataModule } from './odata/odata.module.js';
import { OpenSearchModule } from './opensearch/opensearch.module.js';

/** Discovery: every catalogue door but STAC, a folder each. Needs the ports ProductCatalog, ProductStore, ChangeFeed and ObjectStore. */
@Module({ imports: [ODataModule, OpenSearchModule] })
export class DiscoveryModule {}
