import { GoneException, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ConflictError, DeniedError, InvalidError, NotFoundError } from '#domain/errors.js';
import { ChangeFeed } from '#domain/ports/change-feed.js';
import { Clock } from '#domain/ports/clock.js';
import { OutgoingHttp } from '#domain/ports/outgoing-http.js';
import { SubscriptionStore } from '#domain/ports/subscription-store.js';
import type { Subscription, SubscriptionEndpoint } from '#domain/subscription/subscription.js';
import { writeSubscription } from '#protocols/odata/subscription-entity.js';
import { parseSubscription, type SubscriptionRequest } from '#protocols/odata/subscription-request.js';
import { MatchChanges } from './match-changes.js';

const MOST_SUBSCRIPTIONS = 1000;
/** For a look at whether an endpoint may be asked at all. */
const LOOK_MS = 2_000;

/** Subscriptions as their owners state and change them. */
@Injectable()
export class ManageSubscriptions {
  constructor(
    private readonly store: SubscriptionStore,
    private readonly feed: ChangeFeed,
    private readonly matches: MatchChanges,
    private readonly outgoing: OutgoingHttp,
    private readonly clock: Clock,
  ) {}

  /** From now on. Throws InvalidError, DeniedError for an endpoint that may not be asked, ConflictError past the limit. */
  async create(body: unknown): Promise<Record<string, unknown>> {
    const asked = parseSubscription(body);
    const events = asked.events ?? ['created'];
    await this.check(asked, events);
    if ((await this.store.list()).length >= MOST_SUBSCRIPTIONS) {
      throw new ConflictError(`There are ${MOST_SUBSCRIPTIONS} subscriptions already; delete one first.`);
    }
    const created = await this.store.create({
      id: randomUUID(),
      status: asked.status ?? 'running',
      events,
      priority: asked.priority ?? 1,
      stageOrder: asked.stageOrder ?? true,
      position: await this.feed.head(),
      reached: this.clock.now(),
      ...(asked.filter === undefined ? {} : { filter: asked.filter }),
      ...(asked.endpoint === undefined ? {} : { endpoint: asked.endpoint }),
    });
    return writeSubscription(created);
  }

  async list(): Promise<Record<string, unknown>> {
    const all = (await this.store.list()).filter(({ status }) => status !== 'cancelled');
    return { '@odata.context': '$metadata#Subscriptions', value: all.map(writeSubscription) };
  }

  /** Throws NotFoundError, also for a cancelled one. */
  async find(id: string): Promise<Subscription> {
    const found = await this.store.find(id);
    if (found === undefined || found.status === 'cancelled') throw noSubscription(id);
    return found;
  }

  /** `running` also takes up again one whose position was lost: from now on. Throws NotFoundError, InvalidError, DeniedError. */
  async change(id: string, body: unknown): Promise<Record<string, unknown>> {
    const present = await this.find(id);
    const asked = parseSubscription(body);
    await this.check(
      { ...asked, filter: asked.filter ?? present.filter } as SubscriptionRequest,
      asked.events ?? present.events,
    );
    const again = asked.status === 'running' && (await this.isLost(present)) ? await this.fromNow() : {};
    const { stageOrder: _ignored, ...change } = asked;
    const changed = await this.store.change(id, { ...change, ...again });
    if (changed === undefined) throw noSubscription(id);
    return writeSubscription(changed);
  }

  /** Throws NotFoundError. */
  async remove(id: string): Promise<void> {
    await this.find(id);
    await this.store.remove(id);
  }

  private async check(asked: SubscriptionRequest, events: Subscription['events']): Promise<void> {
    if (asked.filter !== undefined) await this.matches.check(asked.filter, events);
    if (asked.endpoint !== undefined) await this.lookAt(asked.endpoint);
  }

  /** Whether anybody answers shows when there is something to say; whether it may be asked shows now. */
  private async lookAt({ url }: SubscriptionEndpoint): Promise<void> {
    try {
      await this.outgoing.send({ url, method: 'HEAD', timeoutMs: LOOK_MS, maxBytes: 1024 });
    } catch (error) {
      if (error instanceof DeniedError || error instanceof InvalidError) throw error;
    }
  }

  private async isLost({ position }: Subscription): Promise<boolean> {
    try {
      await this.feed.read({ after: position, limit: 1 });
      return false;
    } catch (error) {
      if (isLostPosition(error)) return true;
      throw error;
    }
  }

  private async fromNow(): Promise<{ position: string; reached: Date }> {
    return { position: await this.feed.head(), reached: this.clock.now() };
  }
}

/** Whether the change feed says that a position means nothing any more. */
export function isLostPosition(error: unknown): boolean {
  return error instanceof InvalidError && error.subject === 'after';
}

/** What a subscriber has to know whose messages cannot be found again: 410, not an empty queue. */
export function lostMessages({ id, reached }: Subscription): GoneException {
  return new GoneException(
    `The catalogue was restored or moved, and with it the messages of subscription ${id} after ${reached.toISOString()} were lost. ` +
      `Reconcile by ModificationDate and DeletionDate ge ${reached.toISOString()}, then go on with PATCH {"Status":"running"}.`,
  );
}

function noSubscription(id: string): NotFoundError {
  return new NotFoundError(`Subscription with id ${id.slice(0, 60)} not found.`, { subject: 'Id' });
}
