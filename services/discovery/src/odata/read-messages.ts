import { Injectable } from '@nestjs/common';
import { InvalidError } from '#domain/errors.js';
import { Clock } from '#domain/ports/clock.js';
import { SubscriptionStore } from '#domain/ports/subscription-store.js';
import type { Subscription } from '#domain/subscription/subscription.js';
import { parseAckId, writeAckId } from '#protocols/odata/ack-id.js';
import { parseODataOptions } from '#protocols/odata/odata-options.js';
import { writeNotification } from '#protocols/odata/subscription-entity.js';
import { isLostPosition, lostMessages, ManageSubscriptions } from './manage-subscriptions.js';
import { MatchChanges, type WaitingMessages } from './match-changes.js';

/** CDSE's: one by default, at most twenty. */
const TOP = { most: 20, standard: 1 };
/** Waiting messages are counted so far. */
const COUNTED = 200;
/** What CDSE's queues hold; ours is the change feed and drops nothing. */
const MAX_QUEUE_LENGTH = 100_000;

/** What a PULL subscriber does: read the next messages, acknowledge them and all before. */
@Injectable()
export class ReadMessages {
  constructor(
    private readonly store: SubscriptionStore,
    private readonly subscriptions: ManageSubscriptions,
    private readonly matches: MatchChanges,
    private readonly clock: Clock,
  ) {}

  /** The next messages, the same again until they are acknowledged. Throws NotFoundError, GoneException where messages were lost. */
  async read(id: string, query: string, service: string, signal: AbortSignal): Promise<readonly unknown[]> {
    const { top } = parseODataOptions(query, TOP);
    const subscription = await this.subscriptions.find(id);
    const { messages, passed } = await this.waiting(subscription, top, signal);
    if (passed !== subscription.position) {
      await this.store.advance(id, subscription.position, { ...subscription, position: passed });
    }
    const created: string[] = [];
    return messages.map((message, index) => {
      const { change, event } = message;
      if (event === 'created' && change.kind !== 'deleted') created.push(change.product.uuid);
      const count = subscription.acknowledged + index + 1;
      const ackId = writeAckId({ count, position: change.position, reached: change.at, created: [...created] });
      return writeNotification(message, subscription, service, ackId);
    });
  }

  /** Throws NotFoundError, InvalidError about `$ackid`. */
  async acknowledge(id: string, query: string, signal: AbortSignal): Promise<Record<string, unknown>> {
    const subscription = await this.subscriptions.find(id);
    const ack = parseAckId(ackIdIn(query));
    const isNew = ack.count > subscription.acknowledged;
    const moved = { ...subscription, position: ack.position, acknowledged: ack.count, reached: ack.reached };
    const present = isNew ? moved : subscription;
    const { messages } = await this.waiting(present, COUNTED, signal, isNew);
    const told = { at: this.clock.now(), created: ack.created };
    const isDone = isNew && (await this.store.advance(id, subscription.position, moved, told));
    return {
      '@odata.context': '$metadata#Notification/$entity',
      AckMessagesNum: isDone ? ack.count - subscription.acknowledged : 0,
      CurrentQueueLength: messages.length,
      MaxQueueLength: MAX_QUEUE_LENGTH,
    };
  }

  private async waiting(
    subscription: Subscription,
    limit: number,
    signal: AbortSignal,
    isClaimed = false,
  ): Promise<WaitingMessages> {
    if (limit === 0) return { messages: [], passed: subscription.position };
    try {
      return await this.matches.execute(subscription, limit, signal);
    } catch (error) {
      if (!isLostPosition(error)) throw error;
      if (!isClaimed) throw lostMessages(subscription);
      throw new InvalidError('$ackid is the AckId of a message that was read here.', {
        subject: '$ackid',
        cause: error,
      });
    }
  }
}

function ackIdIn(query: string): string {
  const found = [...new URLSearchParams(query)].find(([name]) => /^\$?ackid$/i.test(name));
  if (found !== undefined) return found[1];
  throw new InvalidError('$ackid is missing: the AckId of the last message to acknowledge.', { subject: '$ackid' });
}
