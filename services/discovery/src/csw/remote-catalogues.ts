import type { RecordsRequest } from '#protocols/csw/csw-request.js';
import type { RemoteProblem } from '#protocols/csw/record-page.js';
import type { MetadataRecord } from '#protocols/records/metadata-record.js';

/** What is left of a page behind the local records: after so many of the others', room for so many. */
export interface RemoteRoom {
  readonly offset: number;
  readonly limit: number;
}

/** What other catalogues answered: their records after the local ones, and who could not be asked. */
export interface RemoteAnswer {
  readonly matched: number;
  readonly records: readonly MetadataRecord[];
  readonly problems: readonly RemoteProblem[];
}

/** The other catalogues a distributed search asks (OGC 07-006r1 §10.8.4.4). */
export abstract class RemoteCatalogues {
  abstract search(request: RecordsRequest, room: RemoteRoom, signal?: AbortSignal): Promise<RemoteAnswer>;
  /** Whether the request is our own, come back by way of others. */
  abstract isEcho(request: RecordsRequest): boolean;
}
