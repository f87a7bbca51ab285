import { Module } from '@nestjs/common';
import { DeliveryModule } from '#platform/delivery/delivery.module.js';
import { KnownCollections } from '../known-collections.js';
import { AnswerOData } from './answer-odata.js';
import { ListDeleted } from './list-deleted.js';
import { ListProducts } from './list-products.js';
import { ODataController } from './odata.controller.js';
import { ShowProduct } from './show-product.js';

/** `/odata/v1`. Needs the ports ProductCatalog, ChangeFeed and ObjectStore. */
@Module({
  imports: [DeliveryModule],
  controllers: [ODataController],
  providers: [AnswerOData, KnownCollections, ListDeleted, ListProducts, ShowProduct],
})
export class ODataModule {}
