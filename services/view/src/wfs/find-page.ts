import { Inject, Injectable } from '@nestjs/common';
import type { CatalogPage } from '#domain/catalog/catalog-page.js';
import type { CatalogQuery, Filter, Page } from '#domain/catalog/catalog-query.js';
import { Clock } from '#domain/ports/clock.js';
import { CoordinateSystems } from '#domain/ports/coordinate-systems.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { Product } from '#domain/product/product.js';
import { compileFeatureFilter, resourceFilter } from '#protocols/wfs/compile-feature-filter.js';
import { CRS84, DEFAULT_CRS } from '#protocols/wfs/feature-crs.js';
import type { FeaturePage } from '#protocols/wfs/feature-page.js';
import type { FeatureType } from '#protocols/wfs/feature-type.js';
import { invalidParameter, WfsError } from '#protocols/wfs/wfs-error.js';
import type { FeatureQuery, GetFeatureRequest } from '#protocols/wfs/wfs-request.js';
import { MAP_CONFIG, type MapConfig } from '../view.config.js';
import { ListFeatureTypes } from './list-feature-types.js';

/** Where a request came in: the public address of its door, ending in `?`, and the collections that are seen there. */
export interface FeatureDoor {
  readonly address: string;
  readonly collections?: readonly string[];
}

/** Clients of 1.1 know no pages: they get so many at once. */
export const WHOLE_PAGES = 10;
/** Products in memory at once behind the first page. */
const BATCH = 250;

/** Longer addresses are not given as links. */
const LONGEST_LINK = 8000;

/** Finds the products of a GetFeature, a page of them. */
@Injectable()
export class FindPage {
  constructor(
    private readonly types: ListFeatureTypes,
    private readonly catalog: ProductCatalog,
    private readonly systems: CoordinateSystems,
    private readonly clock: Clock,
    @Inject(MAP_CONFIG) private readonly config: MapConfig,
  ) {}

  /** Throws WfsError for types there are not, and NotFound where GetFeatureById names nothing. */
  async execute(request: GetFeatureRequest, door: FeatureDoor, signal?: AbortSignal): Promise<FeaturePage> {
    const { query, version, form } = request;
    const types = chosenTypes(query, await this.types.execute(door.collections));
    const limit = this.limitOf(request);
    const asked: CatalogQuery = { ...this.conditionsOf(query, types), ...sliceOf(request, limit) };
    const found = await this.catalog.search(asked, signal);
    const { products } = found;
    const [first] = products;
    if (request.isSingle && first === undefined) {
      throw new WfsError(`There is no feature ${query.resourceIds?.[0]?.slice(0, 300)}.`, 'NotFound', 'ID');
    }
    return {
      version,
      types: request.isSingle ? types.filter(({ name }) => name === first?.collection) : types,
      products,
      more: isWhole(request) ? this.behind(found, { asked, count: request.count, signal }) : undefined,
      matched: matchedOf(found, { limit, startIndex: request.startIndex }),
      crs: query.crs ?? (form === 'geojson' ? CRS84 : DEFAULT_CRS),
      project: (crs, longitude, latitude) => this.systems.project(crs, longitude, latitude),
      properties: query.properties,
      ...linksOf(request, { address: door.address, limit, hasNext: found.next !== undefined && !isWhole(request) }),
      address: door.address,
      now: this.clock.now(),
    };
  }

  private limitOf({ isHits, count }: GetFeatureRequest): number {
    const most = this.config.VIEW_MAX_FEATURES;
    return isHits ? 0 : Math.min(count ?? most, most);
  }

  /** The pages behind the first, by which clients that cannot page get all there is, to a limit; undefined where there are none. */
  private behind(
    { next, products }: CatalogPage,
    {
      asked,
      count = Infinity,
      signal,
    }: { asked: CatalogQuery; count?: number | undefined; signal?: AbortSignal | undefined },
  ): AsyncGenerator<readonly Product[]> | undefined {
    const most = Math.min(count, this.config.VIEW_MAX_FEATURES * WHOLE_PAGES) - products.length;
    if (next === undefined || most <= 0) return undefined;
    const { catalog } = this;
    return (async function* pages() {
      let left = most;
      for (let cursor: string | undefined = next; cursor !== undefined && left > 0;) {
        const page: Page = { kind: 'keyset', limit: Math.min(BATCH, left), cursor };
        const found = await catalog.search({ ...asked, page, count: 'none' }, signal);
        yield found.products;
        left -= found.products.length;
        cursor = found.next;
      }
    })();
  }

  private conditionsOf(query: FeatureQuery, types: readonly FeatureType[]): Partial<CatalogQuery> {
    const names = types.map(({ name }) => name);
    const conditions: readonly Filter[] = [
      ...(query.filter === undefined ? [] : [compileFeatureFilter(query.filter, names)]),
      ...(query.resourceIds === undefined ? [] : [resourceFilter(query.resourceIds, names)]),
    ];
    return {
      collections: names,
      ...(conditions.length === 0 ? {} : { filter: { op: 'and', args: conditions } }),
      ...(query.sort === undefined ? {} : { sort: query.sort }),
    };
  }
}

function chosenTypes({ typeName }: FeatureQuery, known: readonly FeatureType[]): readonly FeatureType[] {
  const types = typeName === undefined ? known : known.filter(({ name }) => name === typeName);
  if (types.length > 0 || typeName === undefined) return types;
  throw invalidParameter('typeNames', `There is no feature type ${typeName.slice(0, 200)}.`);
}

/** Whether all features are wanted in one answer, or as many as the client counts. */
function isWhole({ version, isHits, isSingle, startIndex }: GetFeatureRequest): boolean {
  return version === '1.1.0' && !isHits && !isSingle && startIndex === 0;
}

function sliceOf(request: GetFeatureRequest, limit: number): Pick<CatalogQuery, 'page' | 'count'> {
  const { isHits, isSingle, startIndex } = request;
  if (isHits) return { page: { kind: 'number', limit: 0, offset: 0 }, count: 'exact' };
  if (isWhole(request)) return { page: { kind: 'keyset', limit }, count: 'none' };
  return { page: { kind: 'number', limit, offset: startIndex }, count: isSingle ? 'none' : 'auto' };
}

/** A page that is not full is the last, which tells how many there are whatever the count said. */
function matchedOf(
  { products, matched }: CatalogPage,
  { limit, startIndex }: { limit: number; startIndex: number },
): number | undefined {
  const isLast = products.length < limit && (products.length > 0 || startIndex === 0);
  if (isLast) return startIndex + products.length;
  return matched?.exact === true ? matched.value : undefined;
}

function linksOf(
  { parameters, startIndex, isHits, isSingle }: GetFeatureRequest,
  { address, limit, hasNext }: { address: string; limit: number; hasNext: boolean },
): Pick<FeaturePage, 'next' | 'previous'> {
  if (isHits || isSingle || limit === 0) return {};
  const link = (start: number): string | undefined => {
    const query = new URLSearchParams([...parameters].filter(([name]) => !PAGING.has(name)));
    query.set('STARTINDEX', String(start));
    query.set('COUNT', String(limit));
    const url = address + query.toString();
    return url.length > LONGEST_LINK ? undefined : url;
  };
  const next = hasNext ? link(startIndex + limit) : undefined;
  const previous = startIndex > 0 ? link(Math.max(0, startIndex - limit)) : undefined;
  return { next, previous };
}

const PAGING = new Set(['STARTINDEX', 'COUNT', 'MAXFEATURES']);
