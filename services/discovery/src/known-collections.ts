import { Injectable } from '@nestjs/common';
import type { Collection } from '#domain/collection/collection.js';
import { InvalidError } from '#domain/errors.js';
import { Clock } from '#domain/ports/clock.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';

const KEPT_MS = 30_000;

/** The collections by id and short name; kept for some seconds, since every search asks for them. */
@Injectable()
export class KnownCollections {
  private kept: { readonly list: Promise<readonly Collection[]>; readonly until: number } | undefined;

  constructor(
    private readonly catalog: ProductCatalog,
    private readonly clock: Clock,
  ) {}

  all(): Promise<readonly Collection[]> {
    const now = this.clock.now().getTime();
    if (this.kept !== undefined && now < this.kept.until) return this.kept.list;
    const list = this.catalog.collections().then((summaries) => summaries.map(({ collection }) => collection));
    this.kept = { list, until: now + KEPT_MS };
    list.catch(() => (this.kept = undefined));
    return list;
  }

  /** By short name or id, in any case. InvalidError about `parentIdentifier` where there is none. */
  async find(name: string): Promise<Collection> {
    const wanted = name.toLowerCase();
    const found = (await this.all()).find(
      ({ id, shortName }) => id.toLowerCase() === wanted || shortName.toLowerCase() === wanted,
    );
    if (found !== undefined) return found;
    throw new InvalidError(`parentIdentifier: there is no collection ${name}`, { subject: 'parentIdentifier' });
  }
}
