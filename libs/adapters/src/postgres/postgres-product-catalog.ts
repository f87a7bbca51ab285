import { InvalidError } from '#domain/errors.js';
import type { CatalogPage } from '#domain/catalog/catalog-page.js';
import type { CatalogQuery, MatchCount } from '#domain/catalog/catalog-query.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import { ProductCatalog, type CollectionSummary } from '#domain/ports/product-catalog.js';
import type { Product, ProductKey } from '#domain/product/product.js';
import { CatalogCursors, type CursorPlace } from './catalog-cursor.js';
import { readCollections } from './catalog-collections.js';
import { countMatches } from './catalog-count.js';
import { compileCatalogQuery, type CompiledQuery } from './compile-catalog-query.js';
import { PRODUCT_COLUMNS, readProductRow, type ProductRow } from './product-row.js';
import type { Sql } from './sql.js';

/** The catalogue's read side in PostgreSQL. `cursorSecret` signs the paging cursors; instances behind one address share it. */
export class PostgresProductCatalog extends ProductCatalog {
  private readonly sql: Sql;
  private readonly cursors: CatalogCursors;

  constructor(sql: Sql, cursorSecret: string) {
    super();
    this.sql = sql;
    this.cursors = new CatalogCursors(cursorSecret);
  }

  async search(query: CatalogQuery, signal?: AbortSignal): Promise<CatalogPage> {
    const cursor = query.page.kind === 'keyset' ? query.page.cursor : undefined;
    const place = cursor === undefined ? undefined : this.cursors.read(cursor, query);
    const longestMs = await this.longest(query);
    const options = { longestMs, now: new Date(), ...(place === undefined ? {} : { place }) };
    const compiled = compileCatalogQuery(query, options);
    await this.requireValid(compiled.geometries, signal);
    const rows = await this.rowsOf(compiled, query.page.limit + 1, signal);
    const slice = sliceOf(rows, query, place);
    const matched = await this.countOf({ query, compiled, longestMs, signal }, slice);
    return { ...this.page(slice, query, compiled), ...(matched === undefined ? {} : { matched }) };
  }

  find({ collection, id }: ProductKey): Promise<Product | undefined> {
    return this.findByKey('k.id = $1 and k.collection = $2', [id, collection]);
  }

  async findByUuid(uuid: string): Promise<Product | undefined> {
    return UUID.test(uuid) ? this.findByKey('k.uuid = $1', [uuid]) : undefined;
  }

  findById(id: string): Promise<Product | undefined> {
    return this.findByKey('k.id = $1', [id]);
  }

  collections(): Promise<readonly CollectionSummary[]> {
    return readCollections(this.sql);
  }

  async collection(id: string): Promise<CollectionSummary | undefined> {
    return id.includes('\0') ? undefined : (await readCollections(this.sql, id))[0];
  }

  /** Two steps, so that only one partition is planned for. */
  private async findByKey(where: string, parameters: readonly string[]): Promise<Product | undefined> {
    if (parameters.some((text) => text.includes('\0'))) return undefined;
    const [key] = await this.sql.query<ProductKey & { acquired_from: Date }>(
      `select k.collection, k.id, k.acquired_from from catalogue.product_key k where ${where} order by k.collection limit 1`,
      parameters,
    );
    if (key === undefined) return undefined;
    const [row] = await this.sql.query<ProductRow>(
      `select ${PRODUCT_COLUMNS} from catalogue.product p where p.acquired_from = $1::timestamptz and p.collection = $2 and p.id = $3`,
      [key.acquired_from.toISOString(), key.collection, key.id],
    );
    return row === undefined ? undefined : readProductRow(row);
  }

  /** Only filters speak of time. */
  private async longest({ collections, filter }: CatalogQuery): Promise<number> {
    if (filter === undefined) return 0;
    const [row] = await this.sql.query<{ ms: number }>(
      `select coalesce(ceil(extract(epoch from max(longest)) * 1000), 0)::bigint as ms from catalogue.collection
       where $1::text[] is null or id = any($1)`,
      [collections?.filter((id) => !id.includes('\0')) ?? null],
    );
    return row?.ms ?? 0;
  }

  /** ST_IsValidReason tells without the exceptions an invalid polygon would raise later. */
  private async requireValid(geometries: readonly Geometry[], signal: AbortSignal | undefined): Promise<void> {
    if (geometries.length === 0) return;
    const rows = await this.sql.query<{ reason: string }>(
      'select st_isvalidreason(st_geomfromgeojson(text)) as reason from unnest($1::text[]) as text',
      [geometries.map((geometry) => JSON.stringify(geometry))],
      signal,
    );
    const bad = rows.find(({ reason }) => reason !== 'Valid Geometry');
    if (bad !== undefined) throw new InvalidError(`The geometry is not valid: ${bad.reason}.`, { subject: 'geometry' });
  }

  private async rowsOf(
    compiled: CompiledQuery,
    wanted: number,
    signal: AbortSignal | undefined,
  ): Promise<ProductRow[]> {
    const rows: ProductRow[] = [];
    for (const { text, parameters } of compiled.pages) {
      if (rows.length === wanted) break;
      rows.push(...(await this.sql.query<ProductRow>(text, [...parameters, wanted - rows.length], signal)));
    }
    return rows;
  }

  /** Where the whole result is on the page, its length is the count. */
  private async countOf(request: Parameters<typeof countMatches>[1], slice: Slice): Promise<MatchCount | undefined> {
    const { count = 'none', page } = request.query;
    if (count === 'none') return undefined;
    const offset = page.kind === 'number' ? page.offset : 0;
    const isLast = !slice.hasNext && !(page.kind === 'keyset' && page.cursor !== undefined);
    if (isLast && (slice.rows.length > 0 || offset === 0)) return { value: offset + slice.rows.length, exact: true };
    return countMatches(this.sql, request);
  }

  private page(slice: Slice, query: CatalogQuery, compiled: CompiledQuery): CatalogPage {
    const place = (row: ProductRow | undefined, forward: boolean): string | undefined => {
      if (row === undefined) return undefined;
      const values = compiled.order.map(({ column }) => row[column.name] ?? null);
      return this.cursors.write({ forward, values }, query);
    };
    const next = slice.hasNext ? place(slice.rows.at(-1), true) : undefined;
    const previous = slice.hasPrevious ? place(slice.rows[0], false) : undefined;
    return {
      products: slice.rows.map(readProductRow),
      ...(next === undefined ? {} : { next }),
      ...(previous === undefined ? {} : { previous }),
    };
  }
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

interface Slice {
  readonly rows: readonly ProductRow[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

/** One row more than the page was read: it tells whether the way goes on. */
function sliceOf(rows: readonly ProductRow[], query: CatalogQuery, place: CursorPlace | undefined): Slice {
  const more = rows.length > query.page.limit;
  const page = rows.slice(0, query.page.limit);
  if (place?.forward === false) return { rows: page.toReversed(), hasNext: true, hasPrevious: more };
  const offset = query.page.kind === 'number' ? query.page.offset : 0;
  return { rows: page, hasNext: more, hasPrevious: place !== undefined || offset > 0 };
}
