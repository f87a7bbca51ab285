import { Module } from '@nestjs/common';
import { AggregateItems } from './aggregate-items.js';
import { AggregationsController } from './aggregations.controller.js';
import { BrowseCollection } from './browse-collection.js';
import { BrowseController } from './browse.controller.js';
import { CollectionsController } from './collections.controller.js';
import { DeletionsController } from './deletions.controller.js';
import { ExportItems } from './export-items.js';
import { FindCollection } from './find-collection.js';
import { FindItem } from './find-item.js';
import { ItemsController } from './items.controller.js';
import { LandingController } from './landing.controller.js';
import { MakeGeoparquet } from './make-geoparquet.js';
import { PreflightController } from './preflight.controller.js';
import { ReadEveryPage } from './read-every-page.js';
import { ReadableArchive } from './readable-archive.js';
import { SearchController } from './search.controller.js';
import { SearchItems } from './search-items.js';
import { CollectionTransactionsController } from './transactions/collection-transactions.controller.js';
import { ItemTransactionsController } from './transactions/item-transactions.controller.js';
import { WriteCollections } from './transactions/write-collections.js';
import { WriteItems } from './transactions/write-items.js';
import { WriteManyItems } from './transactions/write-many-items.js';

export { EXPORT_CONFIG, exportConfig } from './stac.config.js';

/** The STAC API. Needs the ports ProductCatalog, ProductStore and ChangeFeed, and the export configuration. */
@Module({
  controllers: [
    LandingController,
    CollectionsController,
    BrowseController,
    ItemsController,
    SearchController,
    AggregationsController,
    DeletionsController,
    ItemTransactionsController,
    CollectionTransactionsController,
    PreflightController,
  ],
  providers: [
    AggregateItems,
    BrowseCollection,
    ExportItems,
    FindCollection,
    FindItem,
    MakeGeoparquet,
    ReadableArchive,
    ReadEveryPage,
    SearchItems,
    WriteCollections,
    WriteItems,
    WriteManyItems,
  ],
})
export class StacModule {}
