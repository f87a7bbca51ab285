import { Injectable } from '@nestjs/common';
import { HarvestStore } from '#domain/ports/harvest-store.js';
import { OutgoingHttp } from '#domain/ports/outgoing-http.js';
import { ServiceLog } from '#platform/log.js';
import { writeHarvestSummary } from '#protocols/upstream/write-harvest-summary.js';

/** Tells whoever asked (CSW's ResponseHandler, OGC 07-006r1 §10.12) that a run has ended. Once; a handler that does not answer is only logged. */
@Injectable()
export class AnnounceHarvest {
  constructor(
    private readonly store: HarvestStore,
    private readonly outgoing: OutgoingHttp,
    private readonly log: ServiceLog,
  ) {}

  async execute(id: string): Promise<void> {
    const harvest = await this.store.find(id);
    if (harvest?.responseHandler === undefined) return;
    try {
      await this.outgoing.send({
        url: harvest.responseHandler,
        method: 'POST',
        headers: { 'content-type': 'application/xml' },
        body: writeHarvestSummary(harvest),
        timeoutMs: 10_000,
        maxBytes: 1 << 20,
      });
    } catch (error) {
      this.log.warn({ err: error, harvest: id }, 'the response handler of a harvest did not take the news');
    }
  }
}
