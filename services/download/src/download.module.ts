import { Module } from '@nestjs/common';
import { DeliveryModule } from '#platform/delivery/delivery.module.js';
import { DownloadController } from './download.controller.js';
import { ListDirectory } from './list-directory.js';

/** The download gateway. Needs the ports ProductCatalog and ObjectStore. */
@Module({ imports: [DeliveryModule], controllers: [DownloadController], providers: [ListDirectory] })
export class DownloadModule {}
