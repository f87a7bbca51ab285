import { Module } from '@nestjs/common';
import { AggregateItems } from './aggregate-items.js';
import { AggregationsController } from './aggregations.controller.js';
import { CollectionsController } from './collections.controller.js';
import { DeletionsController } from './deletions.controller.js';
import { FindCollection } from './find-collection.js';
import { FindItem } from './find-item.js';
import { ItemsController } from './items.controller.js';
import { LandingController } from './landing.controller.js';
import { PreflightController } from './preflight.controller.js';
import { SearchController } from './search.controller.js';
import { SearchItems } from './search-items.js';

/** The STAC API. Needs the ports ProductCatalog and ChangeFeed. */
@Module({
  controllers: [
    LandingController,
    CollectionsController,
    ItemsController,
    SearchController,
    AggregationsController,
    DeletionsController,
    PreflightController,
  ],
  providers: [AggregateItems, FindCollection, FindItem, SearchItems],
})
export class StacModule {}
