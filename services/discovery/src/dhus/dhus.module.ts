import { Module } from '@nestjs/common';
import { DeliveryModule } from '#platform/delivery/delivery.module.js';
import { KnownCollections } from '../known-collections.js';
import { ExpandProduct } from './expand-product.js';
import { HubODataController } from './hub-odata.controller.js';
import { HubSearchController } from './hub-search.controller.js';
import { ReadDeletedProducts } from './read-deleted-products.js';
import { ReadHub } from './read-hub.js';
import { ReadNode } from './read-node.js';
import { ReadProductFeed } from './read-product-feed.js';
import { ReadProduct } from './read-product.js';
import { SearchHub } from './search-hub.js';

/** `/dhus`: the search and the OData v1 of DHuS. Needs the ports ProductCatalog, ChangeFeed and ObjectStore. */
@Module({
  imports: [DeliveryModule],
  controllers: [HubSearchController, HubODataController],
  providers: [
    ExpandProduct,
    KnownCollections,
    ReadDeletedProducts,
    ReadHub,
    ReadNode,
    ReadProduct,
    ReadProductFeed,
    SearchHub,
  ],
})
export class DhusModule {}
