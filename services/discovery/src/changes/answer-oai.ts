import { Injectable } from '@nestjs/common';
import type { Mirror } from '#protocols/links/product-links.js';
import {
  writeGetRecord,
  writeIdentify,
  writeList,
  writeMetadataFormats,
  writeOaiError,
  writeSets,
  type ListEnd,
} from '#protocols/oai/oai-answer.js';
import { OaiError } from '#protocols/oai/oai-error.js';
import type { OaiRequest } from '#protocols/oai/oai-request.js';
import { writeResumptionToken } from '#protocols/oai/resumption-token.js';
import type { XmlText } from '#protocols/xml/xml-template.js';
import { KnownCollections } from '../known-collections.js';
import { ListOaiItems } from './list-oai-items.js';

/** What is answered, and the date it is answered at where that is not now. */
export interface OaiContent {
  readonly content: Iterable<XmlText>;
  readonly at?: Date;
}

const IDENTIFIER = /^urn:uuid:([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/i;

/** Answers the six verbs of OAI-PMH 2.0 from the catalogue and its tombstones. */
@Injectable()
export class AnswerOai {
  constructor(
    private readonly items: ListOaiItems,
    private readonly collections: KnownCollections,
  ) {}

  async execute(request: OaiRequest, mirror: Mirror, signal?: AbortSignal): Promise<OaiContent> {
    switch (request.verb) {
      case 'Identify':
        return { content: [await this.identify(mirror)] };
      case 'ListSets':
        return { content: [writeSets(await this.collections.all())] };
      case 'ListMetadataFormats':
        if (request.identifier !== undefined) await this.items.find(uuidOf(request.identifier), mirror);
        return { content: [writeMetadataFormats()] };
      case 'GetRecord':
        return {
          content: [writeGetRecord(await this.items.find(uuidOf(request.identifier), mirror), request.prefix)],
        };
      case 'ListRecords':
      case 'ListIdentifiers':
        return this.list(request, mirror, signal);
    }
  }

  private async identify(mirror: Mirror): Promise<XmlText> {
    return writeIdentify({
      name: `${mirror.name} Earth observation products`,
      baseUrl: `${mirror.address}/oai`,
      email: `operator@${new URL(mirror.address).hostname}`,
      earliest: await this.items.earliest(),
    });
  }

  private async list(
    { verb, list }: Extract<OaiRequest, { readonly verb: 'ListRecords' | 'ListIdentifiers' }>,
    mirror: Mirror,
    signal: AbortSignal | undefined,
  ): Promise<OaiContent> {
    const { items, next, begun, size } = await this.items.execute(list, mirror, signal);
    if (items.length === 0 && list.sent === 0) {
      // With the date of a list: who harvests next from there misses nothing.
      return { content: [writeOaiError(new OaiError('noRecordsMatch', 'Nothing changed there then.'))], at: begun };
    }
    const isOnly = next === undefined && list.sent === 0;
    const end: ListEnd = {
      before: list.sent,
      ...(size === undefined ? {} : { size }),
      ...(isOnly ? {} : { token: next === undefined ? '' : writeResumptionToken(next) }),
    };
    return { content: writeList(verb, items, { prefix: list.prefix, end }), at: begun };
  }
}

/** Throws OaiError for what cannot be an identifier here. */
function uuidOf(identifier: string): string {
  const uuid = IDENTIFIER.exec(identifier)?.[1];
  if (uuid !== undefined) return uuid.toLowerCase();
  throw new OaiError('idDoesNotExist', 'Identifiers here are urn:uuid: and the uuid of a product.');
}
