import { Module } from '@nestjs/common';
import { DescribeStyles } from './wms/describe-styles.js';
import { DescribeWms } from './wms/describe-wms.js';
import { DrawMap } from './draw-map.js';
import { FindFeatures } from './find-features.js';
import { FindScenes } from './find-scenes.js';
import { ListLayers } from './list-layers.js';
import { OpenScene } from './open-scene.js';
import { BuildOverviews } from './overviews/build-overviews.js';
import { FindUnderlay } from './overviews/find-underlay.js';
import { OverviewScenes } from './overviews/overview-scenes.js';
import { OverviewWorker } from './overviews/overview-worker.js';
import { PlanMap } from './plan-map.js';
import { RecallScenes } from './recall-scenes.js';
import { FindTile } from './tiles/find-tile.js';
import { TileGround } from './tiles/tile-ground.js';
import { DescribeTiles } from './tiles/describe-tiles.js';
import { TilesController } from './tiles/tiles.controller.js';
import { SceneChanges } from './memory/scene-changes.js';
import { TileStore } from './tiles/tile-store.js';
import { DescribeMap } from './ogcapi/describe-map.js';
import { MapApiController } from './ogcapi/map-api.controller.js';
import { MapTilesController } from './ogcapi/map-tiles.controller.js';
import { MapsController } from './ogcapi/maps.controller.js';
import { ReadMapSubject } from './ogcapi/map-subject.js';
import { DescribeWmts } from './wmts/describe-wmts.js';
import { WmtsController } from './wmts/wmts.controller.js';
import { WmtsExceptionFilter } from './wmts/wmts-exception.filter.js';
import { ProductPublishedConsumer } from './product-published.consumer.js';
import { DescribeInstance } from './instances/describe-instance.js';
import { DrawInstance } from './instances/draw-instance.js';
import { DrawSamples } from './instances/draw-samples.js';
import { FindAcquisitions } from './instances/find-acquisitions.js';
import { FindInstance } from './instances/find-instance.js';
import { InstanceFeaturesController } from './instances/instance-features.controller.js';
import { InstanceImagesController } from './instances/instance-images.controller.js';
import { PlanInstance } from './instances/plan-instance.js';
import { WcsModule } from './wcs/wcs.module.js';
import { WfsModule } from './wfs/wfs.module.js';
import { WmsController } from './wms/wms.controller.js';
import { WmsExceptionFilter } from './wms/wms-exception.filter.js';

export { MAP_CONFIG, mapConfig } from './view.config.js';

/** Maps. Needs the ports ProductCatalog, OverviewIndex, ObjectStore, EventBus, RasterEngine and CoordinateSystems, and MAP_CONFIG. */
@Module({
  imports: [WcsModule, WfsModule],
  controllers: [
    WmsController,
    WmtsController,
    TilesController,
    MapApiController,
    MapTilesController,
    MapsController,
    InstanceImagesController,
    InstanceFeaturesController,
  ],
  providers: [
    ListLayers,
    FindScenes,
    RecallScenes,
    FindUnderlay,
    OverviewScenes,
    BuildOverviews,
    OverviewWorker,
    PlanMap,
    OpenScene,
    DrawMap,
    DescribeWms,
    DescribeStyles,
    FindFeatures,
    SceneChanges,
    TileStore,
    TileGround,
    FindTile,
    DescribeTiles,
    ReadMapSubject,
    DescribeMap,
    DescribeWmts,
    WmtsExceptionFilter,
    FindInstance,
    FindAcquisitions,
    PlanInstance,
    DrawSamples,
    DrawInstance,
    DescribeInstance,
    ProductPublishedConsumer,
    WmsExceptionFilter,
  ],
})
export class ViewModule {}
