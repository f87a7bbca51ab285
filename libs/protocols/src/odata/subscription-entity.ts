import type { CatalogChange } from '#domain/catalog/catalog-change.js';
import type { Subscription, SubscriptionEvent } from '#domain/subscription/subscription.js';
import { writeDeletedProduct } from './deleted-products.js';
import { contextOf, writeProduct } from './product-entity.js';
import { nameOfId, productName } from './product-name.js';

const WHOLE = { expand: new Set(['attributes', 'assets', 'locations']) };

/** A change a subscriber is told of. */
export interface SubscriptionMessage {
  readonly event: SubscriptionEvent;
  readonly change: CatalogChange;
}

/** A subscription as CDSE writes it, and how pushing goes; the password stays here. */
export function writeSubscription(subscription: Subscription): Record<string, unknown> {
  const { endpoint, lastNotified, filter } = subscription;
  return {
    Id: subscription.id,
    FilterParam: filter ?? '',
    StageOrder: subscription.stageOrder,
    Priority: subscription.priority,
    Status: subscription.status,
    SubscriptionEvent: subscription.events,
    SubmissionDate: subscription.submitted.toISOString(),
    ...(lastNotified === undefined ? {} : { LastNotificationDate: lastNotified.toISOString() }),
    ...(endpoint === undefined ? {} : pushState(subscription)),
    '@odata.context': '$metadata#OData.CSC.Subscription',
  };
}

function pushState({ endpoint, failures, lastError, nextTry }: Subscription): Record<string, unknown> {
  return {
    NotificationEndpoint: endpoint?.url,
    ...(endpoint?.username === undefined ? {} : { NotificationEpUsername: endpoint.username }),
    '@frombork.failedTries': failures,
    ...(lastError === undefined ? {} : { '@frombork.lastError': lastError }),
    ...(failures === 0 || nextTry === undefined ? {} : { '@frombork.nextTry': nextTry.toISOString() }),
  };
}

/** A notification as CDSE writes it; pulled ones have an `AckId`. `service` is the address of the service root. */
export function writeNotification(
  { event, change }: SubscriptionMessage,
  subscription: Pick<Subscription, 'id'>,
  service: string,
  ackId?: string,
): Record<string, unknown> {
  const isDeleted = change.kind === 'deleted';
  return {
    '@odata.context': '$metadata#Notification/$entity',
    SubscriptionEvent: event,
    ProductId: isDeleted ? change.tombstone.uuid : change.product.uuid,
    ProductName: isDeleted ? nameOfId(change.tombstone.id) : productName(change.product),
    SubscriptionId: subscription.id,
    NotificationDate: change.at.toISOString(),
    ...(ackId === undefined ? {} : { AckId: ackId }),
    value: isDeleted
      ? { '@odata.context': '$metadata#DeletedProducts/$entity', ...writeDeletedProduct(change.tombstone) }
      : {
          '@odata.context': `${contextOf('Products', WHOLE)}/$entity`,
          ...writeProduct(change.product, service, WHOLE),
        },
  };
}
