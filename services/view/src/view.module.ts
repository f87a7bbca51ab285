import { Module } from '@nestjs/common';
import { DescribeWms } from './describe-wms.js';
import { DrawMap } from './draw-map.js';
import { FindScenes } from './find-scenes.js';
import { ListLayers } from './list-layers.js';
import { ProductPublishedConsumer } from './product-published.consumer.js';
import { WcsModule } from './wcs/wcs.module.js';
import { WmsController } from './wms.controller.js';
import { WmsExceptionFilter } from './wms-exception.filter.js';

export { MAP_CONFIG, mapConfig } from './view.config.js';

/** Maps. Needs the ports ProductCatalog, ObjectStore, EventBus, RasterEngine and CoordinateSystems, and MAP_CONFIG. */
@Module({
  imports: [WcsModule],
  controllers: [WmsController],
  providers: [ListLayers, FindScenes, DrawMap, DescribeWms, ProductPublishedConsumer, WmsExceptionFilter],
})
export class ViewModule {}
