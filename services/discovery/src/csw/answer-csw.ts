import { Injectable } from '@nestjs/common';
import { NotFoundError } from '#domain/errors.js';
import { Clock } from '#domain/ports/clock.js';
import { writeAtomAnswer } from '#protocols/csw/atom-answer.js';
import type { CswRequest, RecordsRequest } from '#protocols/csw/csw-request.js';
import {
  writeAcknowledgement,
  writeRecordById,
  writeRecordsResponse,
  type AnswerContext,
} from '#protocols/csw/records-response.js';
import { describeRecordResponse } from '#protocols/csw/schema-components.js';
import type { Mirror } from '#protocols/links/product-links.js';
import { writeElement } from '#protocols/xml/write-xml.js';
import { DescribeCatalogue } from './describe-catalogue.js';
import { FindRecordById } from './find-record-by-id.js';
import { FindRecords } from './find-records.js';

/** A document without its declaration, and its media type. */
export interface CswAnswer {
  readonly body: string;
  readonly mediaType: string;
}

/** Where a request came in. */
export interface CswAsked {
  readonly mirror: Mirror;
  /** The whole address, for links to itself. */
  readonly self: string;
  readonly signal: AbortSignal;
}

type ReadRequest = Exclude<CswRequest, { readonly kind: 'Transaction' | 'Harvest' }>;

/** Answers every request that reads. */
@Injectable()
export class AnswerCsw {
  constructor(
    private readonly describe: DescribeCatalogue,
    private readonly findRecords: FindRecords,
    private readonly findById: FindRecordById,
    private readonly clock: Clock,
  ) {}

  async execute(request: ReadRequest, asked: CswAsked): Promise<CswAnswer> {
    const { mirror } = asked;
    switch (request.kind) {
      case 'GetCapabilities':
        return { body: writeElement(await this.describe.capabilities(request, mirror)), mediaType: request.mediaType };
      case 'DescribeRecord':
        return { body: writeElement(describeRecordResponse(request)), mediaType: request.mediaType };
      case 'GetDomain':
        return { body: writeElement(await this.describe.domain(request, mirror)), mediaType: 'application/xml' };
      case 'GetRecords':
        return this.records(request, asked);
      case 'GetRecordById':
        return {
          body: writeRecordById(request, await this.findById.execute(request, mirror), mirror),
          mediaType: request.mediaType,
        };
      case 'GetRepositoryItem':
        return this.repositoryItem(request.id);
      case 'OpenSearchDescription':
        return {
          body: writeElement(await this.describe.searchDescription(mirror)),
          mediaType: 'application/opensearchdescription+xml',
        };
    }
  }

  private async records(request: RecordsRequest, { mirror, self, signal }: CswAsked): Promise<CswAnswer> {
    const context: AnswerContext = { mirror, now: this.clock.now() };
    const { mediaType, form } = request;
    if (request.resultType === 'validate') return { body: writeAcknowledgement(request, context), mediaType };
    const page = await this.findRecords.execute(request, mirror, signal);
    if (request.uid !== undefined && page.matched === 0) {
      throw new NotFoundError(`There is no record ${request.uid.slice(0, 200)}.`, { subject: 'uid' });
    }
    if (form === 'atom' && request.version === '3.0.0') {
      return { body: writeAtomAnswer(request, page, context, self), mediaType };
    }
    return { body: writeRecordsResponse(request, page, context), mediaType };
  }

  /** The text that was published, without its declaration. */
  private async repositoryItem(id: string): Promise<CswAnswer> {
    const product = await this.findById.product(id);
    const text = product?.extra['record'];
    if (typeof text === 'string') return { body: text, mediaType: 'application/xml' };
    throw new NotFoundError(`There is no published record ${id.slice(0, 200)}.`, { subject: 'id' });
  }
}
