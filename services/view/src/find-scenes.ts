import { Injectable } from '@nestjs/common';
import type { CatalogQuery, Filter, SortKey } from '#domain/catalog/catalog-query.js';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import type { TimeInterval } from '#domain/geometry/time-interval.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { Product } from '#domain/product/product.js';
import type { Rendering } from '#domain/view/rendering.js';
import { sceneDrawing, type SceneDrawing } from '#domain/view/scene-bands.js';
import type { MosaicOrder } from '#protocols/wms/map-vendor.js';
import type { ProductChoice } from './map-request.js';
import { withinArea } from './map-area.js';

/** What to look for: a collection's products over a place and at a time that can be drawn in a rendering. */
export interface SceneQuery {
  readonly collection: string;
  readonly rendering: Rendering;
  readonly bounds: BoundingBox;
  readonly intervals: readonly TimeInterval[];
  readonly order: MosaicOrder;
  /** Highest cloud cover, percent. */
  readonly maxCloudCover?: number;
  readonly only?: ProductChoice;
  /** Most scenes taken. */
  readonly limit: number;
}

/** A product and how it is drawn. */
export interface Scene {
  readonly product: Product;
  readonly drawing: SceneDrawing;
}

/** The scenes to draw, the best first, and whether there were more than the limit. */
export interface FoundScenes {
  readonly scenes: readonly Scene[];
  readonly isCut: boolean;
}

/** Products without picture do not take the place of others with one; so many pages of them are passed over. */
const MOST_PAGES = 20;

/** Finds the scenes that can be drawn: the current processing of each, those with the assets the rendering needs. */
@Injectable()
export class FindScenes {
  constructor(private readonly catalog: ProductCatalog) {}

  async execute(query: SceneQuery, signal?: AbortSignal): Promise<FoundScenes> {
    const scenes: Scene[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await this.catalog.search(catalogQuery(query, cursor), signal);
      for (const product of page.products) {
        const drawing = sceneDrawing(product, query.rendering);
        if (drawing) scenes.push({ product, drawing });
      }
      cursor = page.next;
    } while (cursor !== undefined && scenes.length < query.limit && ++pages < MOST_PAGES);
    const isCut = cursor !== undefined || scenes.length > query.limit;
    return { scenes: scenes.slice(0, query.limit), isCut };
  }
}

function catalogQuery(query: SceneQuery, cursor: string | undefined): CatalogQuery {
  const { collection, bounds, intervals, limit, order, only = {} } = query;
  const chosen = only.filter === undefined ? [] : [only.filter];
  return {
    collections: [collection],
    ...(only.ids !== undefined && { ids: only.ids }),
    filter: { op: 'and', args: [...withinArea(bounds), ...duringAny(intervals), ...clearEnough(query), ...chosen] },
    sort: sortOf(order),
    page: { kind: 'keyset', limit, ...(cursor === undefined ? {} : { cursor }) },
    count: 'none',
    latestOnly: only.ids === undefined,
  };
}

const NEWEST: SortKey = { property: 'acquiredFrom', direction: 'desc' };

function sortOf(order: MosaicOrder): readonly SortKey[] {
  if (order === 'newest') return [NEWEST];
  if (order === 'oldest') return [{ property: 'acquiredFrom', direction: 'asc' }];
  return [{ property: 'cloudCover', direction: 'asc' }, NEWEST];
}

function clearEnough({ maxCloudCover }: SceneQuery): readonly Filter[] {
  return maxCloudCover === undefined || maxCloudCover === 100
    ? []
    : [{ op: 'le', property: 'cloudCover', value: maxCloudCover }];
}

function duringAny(intervals: readonly TimeInterval[]): readonly Filter[] {
  const bounded = intervals.filter(({ start, end }) => start !== undefined || end !== undefined);
  if (bounded.length < intervals.length || bounded.length === 0) return [];
  return [{ op: 'or', args: bounded.map((interval): Filter => ({ op: 'temporal', relation: 'overlaps', interval })) }];
}
