import type { CatalogPage } from '#domain/catalog/catalog-page.js';
import type { CatalogQuery } from '#domain/catalog/catalog-query.js';
import type { Facet, FacetRequest } from '#domain/catalog/facets.js';
import { ProductCatalog, type CollectionSummary } from '#domain/ports/product-catalog.js';
import type { Product, ProductKey } from '#domain/product/product.js';
import { CatalogBookmarks } from './catalog-bookmarks.js';
import { countMatches, type CountRequest, type CountSources } from './catalog-count.js';
import { CatalogCursors, placeAt, type CursorPlace } from './catalog-cursor.js';
import { acquisitionsAsked } from './catalog-keys.js';
import { compileCatalogQuery, type CompiledQuery } from './compile-catalog-query.js';
import { CatalogMonths } from './catalog-months.js';
import { CatalogSample } from './catalog-sample.js';
import { talliedDays } from './catalog-tallies.js';
import { spellOut } from './catalog-spellings.js';
import { isStorableText } from './catalog-literal.js';
import { findProducts, STANDING_KEYS, type StandingKey } from './find-products.js';
import { listValues } from './catalog-values.js';
import { CollectionMemory } from './collection-memory.js';
import { CountMemory } from './count-memory.js';
import { LateCounts } from './late-counts.js';
import { LongestAcquisitions, type LongestKnown } from './longest-acquisitions.js';
import { NewestWalk } from './newest-walk.js';
import { findNumberedPlace } from './number-pages.js';
import { readFacets } from './postgres-facets.js';
import { PRODUCT_COLUMNS, readProductRow, type ProductRow } from './product-row.js';
import type { ResultSlice } from './result-slice.js';
import { SampleReader } from './sample-reader.js';
import { SpatialPath } from './spatial-path.js';
import type { Sql } from './sql.js';
import { ValidAreas } from './valid-areas.js';

/** The catalogue's read side in PostgreSQL. `cursorSecret` signs the paging cursors; instances behind one address share it. */
export class PostgresProductCatalog extends ProductCatalog {
  private readonly sql: Sql;
  private readonly cursors: CatalogCursors;
  private readonly bookmarks: CatalogBookmarks;
  private readonly counts: CountSources;
  private readonly spatialPath: SpatialPath;
  private readonly newestWalk: NewestWalk;
  private readonly longest: LongestAcquisitions;
  private readonly collectionMemory: CollectionMemory;
  private readonly validAreas: ValidAreas;

  constructor(sql: Sql, cursorSecret: string) {
    super();
    this.sql = sql;
    this.cursors = new CatalogCursors(cursorSecret);
    this.bookmarks = new CatalogBookmarks(sql);
    const months = new CatalogMonths(sql);
    const sample = new SampleReader(sql);
    this.counts = {
      sql,
      sample: new CatalogSample(sample, months),
      memory: new CountMemory(sql),
      late: new LateCounts(),
    };
    this.longest = new LongestAcquisitions(sql);
    this.validAreas = new ValidAreas(sql);
    this.collectionMemory = new CollectionMemory(sql);
    this.newestWalk = new NewestWalk(sample, months);
    this.spatialPath = new SpatialPath(sql, months);
  }

  async search(query: CatalogQuery, signal?: AbortSignal): Promise<CatalogPage> {
    const longest = await this.longest.of(query, isCountedByTallies(query));
    const page = await this.searchWithin(query, longest, signal);
    const longestMs = await longest.actual();
    return longestMs > longest.assumed ? this.searchWithin(query, { ...longest, assumed: longestMs }, signal) : page;
  }

  async facets({ query, facets }: FacetRequest, signal?: AbortSignal): Promise<readonly Facet[]> {
    const longestMs = await (await this.longest.of(query)).actual();
    const request = await this.compile({ ...query, page: { kind: 'number', limit: 0, offset: 0 } }, longestMs, signal);
    return readFacets(this.sql, facets, request);
  }

  find({ collection, id }: ProductKey): Promise<Product | undefined> {
    return this.findByKey('k.id = $1 and k.collection = $2', [id, collection]);
  }

  findAll(keys: readonly ProductKey[]): Promise<readonly Product[]> {
    return findProducts(this.sql, keys);
  }

  async findByUuid(uuid: string): Promise<Product | undefined> {
    return UUID.test(uuid) ? this.findByKey('k.uuid = $1', [uuid]) : undefined;
  }

  findById(id: string): Promise<Product | undefined> {
    return this.findByKey('k.id = $1', [id]);
  }

  collections(): Promise<readonly CollectionSummary[]> {
    return this.collectionMemory.collections();
  }

  async collection(id: string): Promise<CollectionSummary | undefined> {
    return (await this.collections()).find(({ collection }) => collection.id === id);
  }

  /** A search good for acquisitions as long as assumed. */
  private async searchWithin(query: CatalogQuery, longest: LongestKnown, signal?: AbortSignal): Promise<CatalogPage> {
    const { page } = query;
    const place =
      page.kind === 'keyset' && page.cursor !== undefined ? this.cursors.read(page.cursor, query) : undefined;
    const request = { ...(await this.compile(query, longest.assumed, signal)), tellLongest: longest.tell };
    const { compiled } = request;
    const reading = page.kind === 'number' ? this.numberedSlice(request, page.offset) : this.sliceAfter(request, place);
    const counting = countMatches(this.counts, request, reading);
    const [slice, matched] = await Promise.all([reading, counting]);
    return { ...this.page(slice, query, compiled), ...(matched === undefined ? {} : { matched }) };
  }

  private async compile(
    asked: CatalogQuery,
    longestMs: number,
    signal: AbortSignal | undefined,
  ): Promise<CountRequest> {
    const filter = await listValues(this.sql, await spellOut(this.sql, asked.filter, signal), { signal });
    // What is known of a query, its hash for one, goes by the object.
    const query = filter === undefined || filter === asked.filter ? asked : { ...asked, filter };
    const [acquisitions, placesByProduct] = await Promise.all([
      acquisitionsAsked(this.sql, query, signal),
      this.spatialPath.isByProduct(query),
    ]);
    const options = { longestMs, acquisitions, placesByProduct, now: new Date() };
    const compiled = compileCatalogQuery(query, options);
    await this.validAreas.require(compiled.geometries, signal);
    if (placesByProduct || !(await this.newestWalk.isSooner(query, compiled.count, signal)))
      return { query, compiled, longestMs, signal };
    const walking = compileCatalogQuery(query, { ...options, placesByProduct: true });
    return {
      query,
      compiled: { ...compiled, pagesAfter: (place) => walking.pagesAfter(place) },
      longestMs,
      signal,
    };
  }

  /** Two steps, so that only one partition is planned for. */
  private async findByKey(where: string, parameters: readonly string[]): Promise<Product | undefined> {
    if (!parameters.every(isStorableText)) return undefined;
    const [key] = await this.sql.query<StandingKey>(
      `${STANDING_KEYS} where ${where} order by k.published desc, k.collection limit 1`,
      parameters,
    );
    if (key === undefined) return undefined;
    const [row] = await this.sql.query<ProductRow>(
      `select ${PRODUCT_COLUMNS} from catalogue.product p where p.acquired_from = $1::timestamptz and p.collection = $2 and p.id = $3`,
      [key.acquired_from.toISOString(), key.collection, key.id],
    );
    // Changed between the two: with the older revision nobody overwrites it unseen.
    return row === undefined ? undefined : { ...readProductRow(row), revision: key.revision };
  }

  private async sliceAfter(
    { query, compiled, signal }: CountRequest,
    place: CursorPlace | undefined,
  ): Promise<ResultSlice> {
    const rows: ProductRow[] = [];
    const wanted = query.page.limit + 1;
    for (const { text, parameters } of compiled.pagesAfter(place)) {
      if (rows.length === wanted) break;
      rows.push(...(await this.sql.query<ProductRow>(text, [...parameters, wanted - rows.length], signal)));
    }
    return sliceOf(rows, query.page.limit, place);
  }

  private async numberedSlice(request: CountRequest, offset: number): Promise<ResultSlice> {
    const place = offset === 0 ? undefined : await findNumberedPlace(this.sql, this.bookmarks, { ...request, offset });
    if (offset > 0 && place === undefined) return { rows: [], hasNext: false, hasPrevious: false };
    const slice = await this.sliceAfter(request, place);
    const last = slice.rows.at(-1);
    if (last !== undefined && slice.hasNext) {
      const bookmark = { offset: offset + slice.rows.length, place: placeAt(last, request.compiled.order, true) };
      await this.bookmarks.keep(request.query, bookmark);
    }
    return slice;
  }

  private page(slice: ResultSlice, query: CatalogQuery, compiled: CompiledQuery): CatalogPage {
    const place = (row: ProductRow | undefined, forward: boolean): string | undefined =>
      row === undefined ? undefined : this.cursors.write(placeAt(row, compiled.order, forward), query);
    const next = slice.hasNext ? place(slice.rows.at(-1), true) : undefined;
    const previous = slice.hasPrevious ? place(slice.rows[0], false) : undefined;
    return {
      products: slice.rows.map(readProductRow),
      ...(next === undefined ? {} : { next }),
      ...(previous === undefined ? {} : { previous }),
    };
  }
}

/** Whether the tallies are asked, which tell the longest acquisition, too. */
function isCountedByTallies(query: CatalogQuery): boolean {
  return (query.count ?? 'none') !== 'none' && talliedDays({ query, longestMs: 0, signal: undefined }) !== undefined;
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** One row more than the page was read: it tells whether the way goes on. */
function sliceOf(rows: readonly ProductRow[], limit: number, place: CursorPlace | undefined): ResultSlice {
  const more = rows.length > limit;
  const page = rows.slice(0, limit);
  const snapshot = (rows.at(-1)?.['snapshot'] ?? undefined) as string | undefined;
  if (place?.forward === false) return { rows: page.toReversed(), hasNext: true, hasPrevious: more, snapshot };
  return { rows: page, hasNext: more, hasPrevious: place !== undefined, snapshot };
}
