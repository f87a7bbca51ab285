import { Injectable } from '@nestjs/common';
import { DomainError } from '#domain/errors.js';
import { CswError, invalidValue } from '#protocols/csw/csw-error.js';
import type { HarvestRequest } from '#protocols/csw/csw-request.js';
import { harvestSeconds } from '#protocols/csw/harvest-interval.js';
import { OPERATIONS } from '#protocols/csw/operations.js';
import type { TransactionOutcome } from '#protocols/csw/transaction-response.js';
import { StartHarvest } from '../federation/start-harvest.js';

/** A harvest done at once, or one that goes on in the background under an id. */
export type HarvestOutcome = TransactionOutcome | { readonly harvestId: string };

/** Harvest: takes the records of a document over, at once, or in the background where a handler is to be told or it is to be repeated. */
@Injectable()
export class HarvestRecord {
  constructor(private readonly start: StartHarvest) {}

  async execute(request: HarvestRequest, signal: AbortSignal): Promise<HarvestOutcome> {
    refuseType(request);
    try {
      return await this.harvest(request, signal);
    } catch (error) {
      // What the source does wrong is a wrong Source.
      if (error instanceof CswError || !(error instanceof DomainError) || error.kind === 'denied') throw error;
      throw invalidValue('Source', error.message);
    }
  }

  private async harvest(request: HarvestRequest, signal: AbortSignal): Promise<HarvestOutcome> {
    const { source, handlers, interval } = request;
    const [responseHandler] = handlers;
    if (responseHandler === undefined && interval === undefined) {
      const { counts, created } = await this.start.ofDocument(source, signal);
      const records = created.flatMap(({ record }) => record ?? []);
      return { inserted: [{ records }], updated: counts.modified, deleted: 0 };
    }
    const harvest = await this.start.inBackground({
      kind: 'document',
      source,
      filter: {},
      ...(interval === undefined ? {} : { interval: harvestSeconds(interval) }),
      ...(responseHandler === undefined ? {} : { responseHandler }),
    });
    return { harvestId: harvest.id };
  }
}

function refuseType({ resourceType, handlers }: HarvestRequest): void {
  const types = OPERATIONS.find(({ name }) => name === 'Harvest')?.parameters('3.0.0')['ResourceType'] ?? [];
  if (!types.includes(resourceType)) {
    throw invalidValue('ResourceType', `Resources of the type ${resourceType.slice(0, 200)} are not harvested here.`);
  }
  if (handlers.length > 1)
    throw new CswError('One ResponseHandler is told, not several.', 'OptionNotSupported', 'ResponseHandler');
}
