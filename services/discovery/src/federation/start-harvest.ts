import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DeniedError, InvalidError } from '#domain/errors.js';
import type { Harvest, HarvestCounts, HarvestOrder } from '#domain/harvest/harvest.js';
import { HarvestStore } from '#domain/ports/harvest-store.js';
import { OutgoingHttp } from '#domain/ports/outgoing-http.js';
import type { Product } from '#domain/product/product.js';
import { readRecordDocument } from '#protocols/upstream/read-get-records.js';
import { AskUpstream, askXml } from './ask-upstream.js';
import { HarvestWorker } from './harvest-worker.js';
import { PublishHarvest } from './publish-harvest.js';

/** What a document brought. */
export interface HarvestedDocument {
  readonly counts: HarvestCounts;
  readonly products: readonly Product[];
}

const PROBE_MS = 2_000;

/** Takes over from other catalogues: a whole one in the background, or a single document at once. */
@Injectable()
export class StartHarvest {
  constructor(
    private readonly store: HarvestStore,
    private readonly worker: HarvestWorker,
    private readonly outgoing: OutgoingHttp,
    private readonly upstream: AskUpstream,
    private readonly publish: PublishHarvest,
  ) {}

  /** Begins in the background. Throws InvalidError and DeniedError where source or handler may not be asked; whether they answer shows later. */
  async inBackground(order: Omit<HarvestOrder, 'id'>): Promise<Harvest> {
    await this.requireAskable(order.source);
    if (order.responseHandler !== undefined) await this.requireAskable(order.responseHandler);
    const harvest = await this.store.create({ ...order, id: randomUUID() });
    this.worker.wake();
    return harvest;
  }

  /** The records of one document, published when this returns. Throws InvalidError where it holds none, and as OutgoingHttp does. */
  async ofDocument(source: string, signal: AbortSignal): Promise<HarvestedDocument> {
    const ask = (request: Parameters<AskUpstream['send']>[0]) => this.upstream.send(request, signal);
    const page = readRecordDocument(await askXml(ask, source));
    const [failure] = page.failures;
    if (page.records.length === 0 && failure !== undefined)
      throw new InvalidError(failure.reason, { subject: 'Source' });
    const counts = await this.publish.execute(page, { kind: 'csw', source });
    return { counts, products: page.records.map(({ product }) => product) };
  }

  /** Only what will never be allowed is told here. */
  private async requireAskable(url: string): Promise<void> {
    try {
      await this.outgoing.send({ url, method: 'HEAD', timeoutMs: PROBE_MS });
    } catch (error) {
      if (error instanceof InvalidError || error instanceof DeniedError) throw error;
    }
  }
}
