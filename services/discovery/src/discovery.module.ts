import { Module } from '@nestjs/common';
import { DescribeSearch } from './describe-search.js';
import { KnownCollections } from './known-collections.js';
import { OpenSearchController } from './opensearch.controller.js';
import { SearchProducts } from './search-products.js';

/** Discovery: OpenSearch. Needs the port ProductCatalog. */
@Module({
  controllers: [OpenSearchController],
  providers: [DescribeSearch, KnownCollections, SearchProducts],
})
export class DiscoveryModule {}
