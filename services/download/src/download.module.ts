import { Module } from '@nestjs/common';
import { DownloadController } from './download.controller.js';
import { FindDelivery } from './find-delivery.js';
import { FindProduct } from './find-product.js';
import { ListDirectory } from './list-directory.js';
import { ReadProductNodes } from './read-product-nodes.js';

/** The download gateway. Needs the ports ProductCatalog and ObjectStore. */
@Module({
  controllers: [DownloadController],
  providers: [FindProduct, FindDelivery, ListDirectory, ReadProductNodes],
})
export class DownloadModule {}
