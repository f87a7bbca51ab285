import { Module } from '@nestjs/common';
import { KnownCollections } from '../known-collections.js';
import { DescribeSearch } from './describe-search.js';
import { OpenSearchController } from './opensearch.controller.js';
import { SearchCollections } from './search-collections.js';
import { SearchProducts } from './search-products.js';

/** `/opensearch`. Needs the port ProductCatalog. */
@Module({
  controllers: [OpenSearchController],
  providers: [DescribeSearch, KnownCollections, SearchCollections, SearchProducts],
})
export class OpenSearchModule {}
