import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError, InvalidError } from '#domain/errors.js';
import { OutgoingHttp } from '#domain/ports/outgoing-http.js';
import { ServiceLog } from '#platform/log.js';
import type { RecordsRequest } from '#protocols/csw/csw-request.js';
import type { MetadataRecord } from '#protocols/records/metadata-record.js';
import { readRecordsAnswer } from '#protocols/upstream/read-get-records.js';
import { writeGetRecords } from '#protocols/upstream/write-get-records.js';
import { RemoteCatalogues, type RemoteAnswer, type RemoteRoom } from '../csw/remote-catalogues.js';
import { xmlOf } from './ask-upstream.js';
import { FEDERATION_CONFIG, type FederationConfig } from './federation.config.js';

/** Records of each peer that can be reached: every page asks for those before it too. */
const MOST_OF_A_PEER = 500;
const LARGEST = 32 << 20;

interface PeerAnswer {
  readonly matched: number;
  readonly records: readonly MetadataRecord[];
}

/** Asks the configured peers at once, each for a limited time; whoever does not answer is told, the others' records are there. */
@Injectable()
export class PeerCatalogues extends RemoteCatalogues {
  private readonly underWay = new Set<string>();

  constructor(
    private readonly outgoing: OutgoingHttp,
    private readonly log: ServiceLog,
    @Inject(FEDERATION_CONFIG) private readonly config: FederationConfig,
  ) {
    super();
  }

  /** A search of ours that has come back by way of a peer. */
  isEcho({ requestId }: RecordsRequest): boolean {
    return requestId !== undefined && this.underWay.has(requestId);
  }

  /** OGC 07-006r1 §10.8.4.4: each catalogue takes one hop off and passes on what has hops left. */
  async search(request: RecordsRequest, room: RemoteRoom, signal?: AbortSignal): Promise<RemoteAnswer> {
    const hopCount = (request.hopCount ?? 0) - 1;
    const { FEDERATION_PEERS: peers } = this.config;
    if (hopCount < 1 || peers.length === 0) return { matched: 0, records: [], problems: [] };
    const requestId = request.requestId ?? `urn:uuid:${randomUUID()}`;
    const maxRecords = room.limit > 0 ? Math.min(MOST_OF_A_PEER, room.offset + room.limit) : 0;
    this.underWay.add(requestId);
    try {
      const ask = ({ url }: { readonly url: string }) =>
        this.ask(url, () => writeGetRecords(request, { requestId, hopCount, maxRecords }), signal);
      return gather(peers, await Promise.allSettled(peers.map(ask)), room);
    } finally {
      this.underWay.delete(requestId);
    }
  }

  private async ask(url: string, body: () => string, signal: AbortSignal | undefined): Promise<PeerAnswer> {
    try {
      const answer = await this.outgoing.send({
        url,
        method: 'POST',
        headers: { 'content-type': 'application/xml', accept: 'application/xml' },
        body: body(),
        timeoutMs: this.config.FEDERATION_PEER_TIMEOUT_MS,
        maxBytes: LARGEST,
        ...(signal === undefined ? {} : { signal }),
      });
      if (answer.status >= 500) throw new InvalidError(`It answers with status ${answer.status}.`);
      return readRecordsAnswer(xmlOf(answer));
    } catch (error) {
      this.log.warn({ err: error, peer: url }, 'a peer did not take part in a distributed search');
      throw error;
    }
  }
}

/** Peers in the order they are configured in; what is beyond reach does not count as matching. */
function gather(
  peers: FederationConfig['FEDERATION_PEERS'],
  answers: readonly PromiseSettledResult<PeerAnswer>[],
  { offset, limit }: RemoteRoom,
): RemoteAnswer {
  const records = answers.flatMap((answer) => (answer.status === 'fulfilled' ? reached(answer.value) : []));
  const problems = answers.flatMap((answer, at) => {
    const { name = '', url = '' } = peers[at] ?? {};
    if (answer.status === 'rejected') return [{ catalogue: url, reason: `${name}: ${reasonOf(answer.reason)}` }];
    const { matched } = answer.value;
    if (matched <= MOST_OF_A_PEER) return [];
    return [
      { catalogue: url, reason: `${name}: the first ${MOST_OF_A_PEER} of ${matched} records are reached from here.` },
    ];
  });
  const matched = answers.reduce(
    (sum, answer) => sum + (answer.status === 'fulfilled' ? Math.min(MOST_OF_A_PEER, answer.value.matched) : 0),
    0,
  );
  return { matched, records: records.slice(offset, offset + limit), problems };
}

function reached({ records }: PeerAnswer): readonly MetadataRecord[] {
  return records.slice(0, MOST_OF_A_PEER);
}

function reasonOf(error: unknown): string {
  return error instanceof DomainError ? error.message : 'it could not be asked.';
}
