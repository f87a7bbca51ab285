import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InvalidError } from '#domain/errors.js';
import type { Harvest, HarvestKind } from '#domain/harvest/harvest.js';
import { Clock } from '#domain/ports/clock.js';
import { HarvestStore, type HarvestLease } from '#domain/ports/harvest-store.js';
import { AskUpstream } from './ask-upstream.js';
import { readCsw } from './csw-source.js';
import { FEDERATION_CONFIG, type FederationConfig } from './federation.config.js';
import type { ReadSource, SourcePage } from './harvest-source.js';
import { readOData } from './odata-source.js';
import { readOpenSearch } from './opensearch-source.js';
import { PublishHarvest } from './publish-harvest.js';
import { readStac } from './stac-source.js';

const SOURCES: Readonly<Record<HarvestKind, ReadSource>> = {
  csw: readCsw,
  odata: readOData,
  opensearch: readOpenSearch,
  stac: readStac,
};
const MOST_PAGES = 200_000;

/** One run: page after page is published, then noted as done, so that whoever goes on repeats at most one. */
@Injectable()
export class RunHarvest {
  constructor(
    private readonly store: HarvestStore,
    private readonly upstream: AskUpstream,
    private readonly publish: PublishHarvest,
    private readonly clock: Clock,
    @Inject(FEDERATION_CONFIG) private readonly config: FederationConfig,
  ) {}

  /** True at the end of the source; false where the harvest was cancelled or is no longer ours. Throws what the source or the stores throw. */
  async execute(harvest: Harvest, lease: HarvestLease, signal: AbortSignal): Promise<boolean> {
    const way = new Way();
    let position = harvest.position === '' ? undefined : harvest.position;
    const ask = (request: Parameters<AskUpstream['send']>[0]) => this.upstream.send(request, signal);
    for (;;) {
      const request = { harvest, position, limit: this.config.FEDERATION_PAGE, ask, now: this.clock.now() };
      const page = await SOURCES[harvest.kind](request);
      way.goOn(page);
      const counts = await this.publish.execute(page, harvest);
      const after = { position: page.next ?? page.restart ?? '', counts };
      if (!(await this.store.advance(harvest.id, lease, after))) return false;
      if (page.next === undefined) return true;
      position = page.next;
    }
  }
}

/** Notices a source that leads in a circle. */
class Way {
  private readonly positions = new Set<string>();
  private last = '';

  /** Throws InvalidError where the page, or the one it leads to, has been before. */
  goOn({ records, next }: SourcePage): void {
    const page = hash(records.map(({ id }) => id).join('\n'));
    if (records.length > 0 && page === this.last)
      throw new InvalidError('The source gives the same page again and again.', { subject: 'source' });
    if (records.length > 0) this.last = page;
    if (next === undefined) return;
    const place = hash(next);
    if (this.positions.has(place))
      throw new InvalidError('The source leads back to a page that has been read.', { subject: 'source' });
    this.positions.add(place);
    if (this.positions.size > MOST_PAGES)
      throw new InvalidError(`The source has more than ${MOST_PAGES} pages.`, { subject: 'source' });
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64').slice(0, 22);
}
