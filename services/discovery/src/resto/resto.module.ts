import { Module } from '@nestjs/common';
import { DeliveryModule } from '#platform/delivery/delivery.module.js';
import { KnownCollections } from '../known-collections.js';
import { RestoProductController } from './resto-product.controller.js';
import { RestoSearch } from './resto-search.js';
import { RestoSearchController } from './resto-search.controller.js';

/** `/resto`. Needs the ports ProductCatalog and ObjectStore. */
@Module({
  imports: [DeliveryModule],
  controllers: [RestoSearchController, RestoProductController],
  providers: [KnownCollections, RestoSearch],
})
export class RestoModule {}
