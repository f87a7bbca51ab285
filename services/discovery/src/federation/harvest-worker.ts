import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '#domain/errors.js';
import type { Harvest } from '#domain/harvest/harvest.js';
import { Clock } from '#domain/ports/clock.js';
import { HarvestStore, type HarvestEnd, type HarvestLease } from '#domain/ports/harvest-store.js';
import { ServiceLog } from '#platform/log.js';
import { AnnounceHarvest } from './announce-harvest.js';
import { afterFailure, afterPause, afterRun } from './end-of-run.js';
import { FEDERATION_CONFIG, type FederationConfig } from './federation.config.js';
import { RunHarvest } from './run-harvest.js';

const POLL_MS = 5_000;
const AT_ONCE = 4;

/** Works on due harvests, a few at once, each under a lease that is lost where this process is. */
@Injectable()
export class HarvestWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly lease: HarvestLease;
  private readonly stopped = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: HarvestStore,
    private readonly run: RunHarvest,
    private readonly announce: AnnounceHarvest,
    private readonly clock: Clock,
    private readonly log: ServiceLog,
    @Inject(FEDERATION_CONFIG) config: FederationConfig,
  ) {
    this.lease = { holder: randomUUID(), leaseMs: config.FEDERATION_LEASE_SECONDS * 1000 };
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.wake(), Math.min(POLL_MS, this.lease.leaseMs)).unref();
    this.wake();
  }

  /** Looks for due harvests now. */
  wake(): void {
    this.looking = this.looking
      .then(() => this.look())
      .catch((error: unknown) => {
        if (!this.stopped.signal.aborted) this.log.warn({ err: error }, 'harvests could not be looked for');
      });
  }

  /** What is in hand is given back at once, so that it need not wait for the lease to end. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopped.abort();
    await this.looking;
    await Promise.all(this.running);
  }

  private async look(): Promise<void> {
    while (!this.stopped.signal.aborted && this.running.size < AT_ONCE) {
      const harvest = await this.store.claim(this.lease);
      if (harvest === undefined) return;
      const work = this.work(harvest)
        .catch((error: unknown) => this.log.error({ err: error, harvest: harvest.id }, 'a harvest was not given back'))
        .finally(() => {
          this.running.delete(work);
          this.wake();
        });
      this.running.add(work);
    }
  }

  private async work(harvest: Harvest): Promise<void> {
    const lost = new AbortController();
    const renewal = setInterval(() => void this.renew(harvest.id, lost), this.lease.leaseMs / 4).unref();
    const signal = AbortSignal.any([lost.signal, this.stopped.signal]);
    try {
      const isComplete = await this.run.execute(harvest, this.lease, signal);
      if (isComplete) await this.end(harvest, afterRun(harvest, this.clock.now()));
    } catch (error) {
      if (lost.signal.aborted) return;
      await this.end(
        harvest,
        this.stopped.signal.aborted ? afterPause(this.clock.now()) : await this.failed(harvest, error),
      );
    } finally {
      clearInterval(renewal);
    }
  }

  private async renew(id: string, lost: AbortController): Promise<void> {
    const isOurs = await this.store.renew(id, this.lease).catch(() => true);
    if (!isOurs) lost.abort();
  }

  private async end(harvest: Harvest, end: HarvestEnd): Promise<void> {
    const isOurs = await this.store.finish(harvest.id, this.lease.holder, end);
    if (isOurs && (end.finished || end.state === 'failed')) await this.announce.execute(harvest.id);
  }

  private async failed(harvest: Harvest, error: unknown): Promise<HarvestEnd> {
    if (!(error instanceof DomainError)) this.log.error({ err: error, harvest: harvest.id }, 'a harvest failed');
    // Pages done since the claim have forgotten the failures before.
    const failures = ((await this.store.find(harvest.id))?.failures ?? harvest.failures) + 1;
    return afterFailure({ interval: harvest.interval, failures, error, now: this.clock.now() });
  }
}
