import { Module } from '@nestjs/common';
import { FindDelivery } from './find-delivery.js';
import { FindProduct } from './find-product.js';
import { ReadProductNodes } from './read-product-nodes.js';

/** Delivers the bytes of products: what the download gateway and the catalogue doors with a `$value` share. Needs the ports ProductCatalog and ObjectStore. */
@Module({
  providers: [FindProduct, FindDelivery, ReadProductNodes],
  exports: [FindProduct, FindDelivery, ReadProductNodes],
})
export class DeliveryModule {}
