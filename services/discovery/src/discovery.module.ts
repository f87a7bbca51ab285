import { Module } from '@nestjs/common';
import { DhusModule } from './dhus/dhus.module.js';
import { OpenSearchModule } from './opensearch/opensearch.module.js';

/** Discovery: every catalogue door but STAC, a folder each. Needs the ports ProductCatalog, ProductStore, ChangeFeed and ObjectStore. */
@Module({ imports: [DhusModule, OpenSearchModule] })
export class DiscoveryModule {}
