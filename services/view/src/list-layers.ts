import { Injectable } from '@nestjs/common';
import type { CatalogPage } from '#domain/catalog/catalog-page.js';
import { Clock } from '#domain/ports/clock.js';
import { ProductCatalog, type CollectionSummary } from '#domain/ports/product-catalog.js';
import { renderingsOf } from '#domain/view/renderings-of-collection.js';
import { sceneDrawing } from '#domain/view/scene-bands.js';
import { evenStep } from './even-step.js';
import type { ViewLayer } from './view-layer.js';

/** The layers there are, and a sequence that grows with every change of the archive (WMS 1.3.0 §7.2.3.5). */
export interface LayerList {
  readonly layers: readonly ViewLayer[];
  readonly sequence: string;
}

const KEPT_MS = 15_000;
/** A collection has the styles its newest products can be drawn in, and is a layer once there is one. */
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

  /** The layers of this moment, which are not kept. */
  async read(): Promise<LayerList> {
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
    if (!from || !to || !bbox) return undefined;
    const { products: newest, next } = await this.newestOf(collection.id);
    const styles = renderingsOf(collection.id).filter((rendering) =>
      newest.some((product) => sceneDrawing(product, rendering) !== undefined),
    );
    if (styles.length === 0) return undefined;
    const step = next === undefined ? evenStep(newest.map(({ acquiredFrom }) => acquiredFrom)) : undefined;
    return {
      name: collection.id,
      collection,
      title: collection.title,
      abstract: collection.description,
      keywords: collection.keywords,
      styles,
      extent: { from, to, ...(step === undefined ? {} : { step }) },
      bbox,
      ...(collection.resolution !== undefined && { resolution: collection.resolution }),
      hasCloudCover: newest.some(({ properties }) => properties['cloudCover'] !== undefined),
    };
  }

  private newestOf(collection: string): Promise<CatalogPage> {
    return this.catalog.search({ collections: [collection], page: { kind: 'keyset', limit: SAMPLE } });
  }
}
