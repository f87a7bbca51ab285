import { Injectable } from '@nestjs/common';
import { Clock } from '#domain/ports/clock.js';
import { ProductCatalog, type CollectionSummary } from '#domain/ports/product-catalog.js';
import { ASSET_KEYS } from '#domain/product/asset.js';
import { BROWSE_STYLE, COLLECTION_STYLES, type ViewLayer } from './view-layer.js';

/** The layers there are, and a sequence that grows with every change of the archive (WMS 1.3.0 §7.2.3.5). */
export interface LayerList {
  readonly layers: readonly ViewLayer[];
  readonly sequence: string;
}

const KEPT_MS = 15_000;
/** A collection is a layer once one of its newest products can be drawn. */
const SAMPLE = 25;
const NOTHING_YET = '1970-01-01T00:00:00.000Z';

/** Makes the layers out of the collections; the list is kept for some seconds, so that its cost does not depend on how often it is asked for. */
@Injectable()
export class ListLayers {
  private kept: { readonly list: Promise<LayerList>; readonly until: number } | undefined;

  constructor(
    private readonly catalog: ProductCatalog,
    private readonly clock: Clock,
  ) {}

  execute(): Promise<LayerList> {
    const now = this.clock.now().getTime();
    if (this.kept && now < this.kept.until) return this.kept.list;
    const list = this.read();
    this.kept = { list, until: now + KEPT_MS };
    list.catch(() => this.forget());
    return list;
  }

  /** Has the next call read anew. */
  forget(): void {
    this.kept = undefined;
  }

  private async read(): Promise<LayerList> {
    const summaries = (await this.catalog.collections()).filter(({ count }) => count > 0);
    const layers = await Promise.all(summaries.map((summary) => this.layerOf(summary)));
    const newest = await this.catalog.search({
      sort: [{ property: 'updated', direction: 'desc' }],
      page: { kind: 'keyset', limit: 1 },
    });
    const sequence = newest.products[0]?.updated?.toISOString() ?? NOTHING_YET;
    return { layers: layers.filter((layer) => layer !== undefined), sequence };
  }

  private async layerOf(summary: CollectionSummary): Promise<ViewLayer | undefined> {
    const { collection, acquiredFrom: from, acquiredTo: to, bbox } = summary;
    if (!from || !to || !bbox || !(await this.canBeDrawn(collection.id))) return undefined;
    return {
      name: collection.id,
      title: collection.title,
      abstract: collection.description,
      keywords: collection.keywords,
      style: COLLECTION_STYLES.get(collection.id) ?? BROWSE_STYLE,
      extent: { from, to },
      bbox,
    };
  }

  private async canBeDrawn(collection: string): Promise<boolean> {
    const page = await this.catalog.search({ collections: [collection], page: { kind: 'keyset', limit: SAMPLE } });
    return page.products.some((product) => product.assets[ASSET_KEYS.browse]?.location !== undefined);
  }
}
