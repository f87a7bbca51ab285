import { Module } from '@nestjs/common';
import { DeliveryModule } from '#platform/delivery/delivery.module.js';
import { KnownCollections } from '../known-collections.js';
import { AnswerOData } from './answer-odata.js';
import { ListDeleted } from './list-deleted.js';
import { ListProducts } from './list-products.js';
import { ODataController } from './odata.controller.js';
import { ManageSubscriptions } from './manage-subscriptions.js';
import { MatchChanges } from './match-changes.js';
import { PushMessages } from './push-messages.js';
import { ReadMessages } from './read-messages.js';
import { ShowProduct } from './show-product.js';
import { SubscriptionsController } from './subscriptions.controller.js';

/** `/odata/v1`. Needs the ports ProductCatalog, ChangeFeed, SubscriptionStore, OutgoingHttp and ObjectStore. */
@Module({
  imports: [DeliveryModule],
  controllers: [SubscriptionsController, ODataController],
  providers: [
    AnswerOData,
    KnownCollections,
    ListDeleted,
    ListProducts,
    ManageSubscriptions,
    MatchChanges,
    PushMessages,
    ReadMessages,
    ShowProduct,
  ],
})
export class ODataModule {}
