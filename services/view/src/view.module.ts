import { Module } from '@nestjs/common';
import { DescribeStyles } from './describe-styles.js';
import { DescribeWms } from './describe-wms.js';
import { DrawMap } from './draw-map.js';
import { FindFeatures } from './find-features.js';
import { FindScenes } from './find-scenes.js';
import { ListLayers } from './list-layers.js';
import { OpenScene } from './open-scene.js';
import { PlanMap } from './plan-map.js';
import { ProductPublishedConsumer } from './product-published.consumer.js';
import { WcsModule } from './wcs/wcs.module.js';
import { WmsController } from './wms.controller.js';
import { WmsExceptionFilter } from './wms-exception.filter.js';

export { MAP_CONFIG, mapConfig } from './view.config.js';

/** Maps. Needs the ports ProductCatalog, ObjectStore, EventBus, RasterEngine and CoordinateSystems, and MAP_CONFIG. */
@Module({
  imports: [WcsModule],
  controllers: [WmsController],
  providers: [
    ListLayers,
    FindScenes,
    PlanMap,
    OpenScene,
    DrawMap,
    DescribeWms,
    DescribeStyles,
    FindFeatures,
    ProductPublishedConsumer,
    WmsExceptionFilter,
  ],
})
export class ViewModule {}
