import { Injectable } from '@nestjs/common';
import type { MetadataRecord } from '#protocols/records/metadata-record.js';
import type { RecordsRequest } from '#protocols/csw/csw-request.js';

/** What other catalogues answered: their records after the local ones, and who could not be asked. */
export interface RemoteAnswer {
  readonly matched: number;
  readonly records: readonly MetadataRecord[];
  /** A sentence for each catalogue that did not answer. */
  readonly problems: readonly string[];
}

/** The other catalogues a distributed search asks (OGC 07-006r1 §10.8.4.4); `room` is how many records the answer has left. */
export abstract class RemoteCatalogues {
  abstract search(request: RecordsRequest, room: number, signal?: AbortSignal): Promise<RemoteAnswer>;
}

/** Nobody else is known: the answer is the local one. */
@Injectable()
export class NoRemoteCatalogues extends RemoteCatalogues {
  search(): Promise<RemoteAnswer> {
    return Promise.resolve({ matched: 0, records: [], problems: [] });
  }
}
