import { Module } from '@nestjs/common';
import { CswModule } from './csw/csw.module.js';
import { OpenSearchModule } from './opensearch/opensearch.module.js';

/** Discovery: every catalogue door but STAC, a folder each. Needs the ports ProductCatalog, ProductStore, ChangeFeed and ObjectStore. */
@Module({ imports: [CswModule, OpenSearchModule] })
export class DiscoveryModule {}
