import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeniedError, InvalidError, UnavailableError } from '#domain/errors.js';
import { Clock } from '#domain/ports/clock.js';
import { OutgoingHttp } from '#domain/ports/outgoing-http.js';
import { SubscriptionStore, type PushOutcome } from '#domain/ports/subscription-store.js';
import type { Subscription, SubscriptionEndpoint } from '#domain/subscription/subscription.js';
import { ServiceLog } from '#platform/log.js';
import { PublicAddress } from '#platform/public-address.js';
import { writeNotification, type SubscriptionMessage } from '#protocols/odata/subscription-entity.js';
import { isLostPosition, lostMessages } from './manage-subscriptions.js';
import { MatchChanges } from './match-changes.js';
import { ODATA_ROOT } from './odata-answer.js';

const POLL_MS = 1_000;
/** Longer than a message may take. */
const LEASE_MS = 60_000;
const SEND_MS = 20_000;
const BATCH = 20;
/** About three quarters of an hour of trying; then the subscription is paused, its place kept. */
const MOST_FAILURES = 12;
const LONGEST_PAUSE_MS = 600_000;

/**
 * Pushes messages to the endpoints of subscribers, each in order and at least once: the place is moved on after every message that arrived. Any number of
 * processes may run it; a lease gives each subscription to one of them.
 */
@Injectable()
export class PushMessages implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly holder = randomUUID();
  private readonly stopped = new AbortController();
  private loop: Promise<void> | undefined;

  constructor(
    private readonly store: SubscriptionStore,
    private readonly matches: MatchChanges,
    private readonly outgoing: OutgoingHttp,
    private readonly publicAddress: PublicAddress,
    private readonly clock: Clock,
    private readonly log: ServiceLog,
  ) {}

  onApplicationBootstrap(): void {
    this.loop = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.loop;
  }

  private async run(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      const isBusy = await this.round().catch((error: unknown) => {
        if (!this.stopped.signal.aborted) this.log.warn({ err: error }, 'subscriptions cannot be pushed; trying again');
        return false;
      });
      if (!isBusy) await sleep(POLL_MS, undefined, { signal: this.stopped.signal }).catch(() => undefined);
    }
  }

  /** One subscription that is due; false where none is. */
  private async round(): Promise<boolean> {
    const subscription = await this.store.lease(this.holder, LEASE_MS);
    if (subscription?.endpoint === undefined) return false;
    const outcome = await this.push(subscription, subscription.endpoint);
    await this.store.release(subscription.id, this.holder, outcome);
    return true;
  }

  private async push(subscription: Subscription, endpoint: SubscriptionEndpoint): Promise<PushOutcome> {
    let pushed = 0;
    try {
      const { messages, passed } = await this.matches.execute(subscription, BATCH, this.stopped.signal);
      let present = subscription;
      if (passed !== present.position) present = await this.moveOn(present, { ...present, position: passed });
      for (const message of messages) {
        if (!(await this.store.renew(subscription.id, this.holder, LEASE_MS))) break;
        await this.send(message, present, endpoint);
        present = await this.moveOn(present, behind(present, message), message);
        pushed += 1;
      }
      return { failures: 0, nextTry: this.inMs(messages.length === 0 ? POLL_MS : 0) };
    } catch (error) {
      return this.failed(error, subscription, pushed === 0 ? subscription.failures : 0);
    }
  }

  private async send(
    message: SubscriptionMessage,
    subscription: Subscription,
    endpoint: SubscriptionEndpoint,
  ): Promise<void> {
    const service = `${this.publicAddress.of({ headers: {} })}/${ODATA_ROOT}`;
    const { status } = await this.outgoing.send({
      url: endpoint.url,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...credentialsOf(endpoint) },
      body: JSON.stringify(writeNotification(message, subscription, service)),
      timeoutMs: SEND_MS,
      maxBytes: 1 << 20,
      signal: this.stopped.signal,
    });
    if (status < 200 || status > 299) throw new UnavailableError(`The endpoint answered ${status}.`);
  }

  private async moveOn(from: Subscription, to: Subscription, message?: SubscriptionMessage): Promise<Subscription> {
    const created =
      message?.event === 'created' && message.change.kind !== 'deleted' ? [message.change.product.uuid] : [];
    const told = message === undefined ? undefined : { at: this.clock.now(), created };
    if (await this.store.advance(from.id, from.position, to, told)) return to;
    throw new UnavailableError('The subscription was moved by somebody else meanwhile.');
  }

  private failed(error: unknown, subscription: Subscription, before: number): PushOutcome {
    // Ending is no failure of theirs.
    if (this.stopped.signal.aborted) return { failures: before, nextTry: this.inMs(0) };
    const failures = before + 1;
    const isLost = isLostPosition(error);
    const isHopeless =
      isLost || error instanceof DeniedError || error instanceof InvalidError || failures >= MOST_FAILURES;
    const text = isLost ? lostMessages(subscription).message : error instanceof Error ? error.message : 'unknown';
    this.log.info(
      { subscription: subscription.id, failures, isPaused: isHopeless, err: error },
      'a message could not be pushed',
    );
    const nextTry = this.inMs(Math.min(POLL_MS * 2 ** failures, LONGEST_PAUSE_MS));
    return { failures, lastError: text.slice(0, 1000), nextTry, ...(isHopeless ? { status: 'paused' } : {}) };
  }

  private inMs(ms: number): Date {
    return new Date(this.clock.now().getTime() + ms);
  }
}

function behind(subscription: Subscription, { change }: SubscriptionMessage): Subscription {
  return {
    ...subscription,
    position: change.position,
    acknowledged: subscription.acknowledged + 1,
    reached: change.at,
  };
}

function credentialsOf({ username = '', password }: SubscriptionEndpoint): Record<string, string> {
  if (password === undefined && username === '') return {};
  return { authorization: `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}` };
}
