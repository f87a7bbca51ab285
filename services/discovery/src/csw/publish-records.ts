import { Injectable } from '@nestjs/common';
import type { HarvestRequest, TransactionRequest } from '#protocols/csw/csw-request.js';
import { writeHarvestResponse, writeTransactionResponse } from '#protocols/csw/transaction-response.js';
import type { CswAnswer, CswAsked } from './answer-csw.js';
import { HarvestRecord } from './harvest-record.js';
import { TransactRecords } from './transact-records.js';

/** Answers the requests that write; whether the caller may has been settled. */
@Injectable()
export class PublishRecords {
  constructor(
    private readonly transact: TransactRecords,
    private readonly harvest: HarvestRecord,
  ) {}

  async execute(request: TransactionRequest | HarvestRequest, asked: CswAsked): Promise<CswAnswer> {
    const mediaType = 'application/xml';
    if (request.kind === 'Harvest') {
      const outcome = await this.harvest.execute(request, asked.signal);
      return { body: writeHarvestResponse(request.version, outcome), mediaType };
    }
    const outcome = await this.transact.execute(request, asked.mirror);
    return { body: writeTransactionResponse(request.version, outcome, request.requestId), mediaType };
  }
}
