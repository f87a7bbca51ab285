import { Injectable } from '@nestjs/common';
import type { CatalogQuery, Filter } from '#domain/catalog/catalog-query.js';
import { RECORDS } from '#domain/collection/record-collection.js';
import { InvalidError } from '#domain/errors.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { Product } from '#domain/product/product.js';
import { compileForProducts, compileForPublished, matchesConstraint } from '#protocols/csw/compile-constraint.js';
import type { RecordsRequest } from '#protocols/csw/csw-request.js';
import type { RecordPage } from '#protocols/csw/record-page.js';
import type { Mirror } from '#protocols/links/product-links.js';
import type { MetadataRecord } from '#protocols/records/metadata-record.js';
import { KnownRecords, type HeldRecords } from './known-records.js';
import { RemoteCatalogues } from './remote-catalogues.js';
import { productSort, sortRecords } from './sort-records.js';

/** A stretch of one kind of records: where it starts within them, and how many are wanted. */
interface Stretch {
  readonly offset: number;
  readonly limit: number;
}

/** Some records, and how many there are of their kind. */
interface Found {
  readonly records: readonly MetadataRecord[];
  readonly matched: number;
  /** Where `matched` is only estimated: whether there are more. */
  readonly hasNext?: boolean;
}

const NONE: Found = { records: [], matched: 0 };
const COUNT_ONLY: CatalogQuery['page'] = { kind: 'number', limit: 0, offset: 0 };
/** Of so few records clients expect to get every one that was announced: they are counted. */
const MOST_COUNTED = 2000;
/** Published records that are sorted by what is no column, at most. */
const MOST_SORTED = 5000;

/**
 * GetRecords: series first, then published records, then products, each in the order asked for; one page may span them. The count is exact
 * where it is asked for (`hits`) or other catalogues' records follow (distributed search), else it may be an estimate, and says so.
 */
@Injectable()
export class FindRecords {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly known: KnownRecords,
    private readonly remote: RemoteCatalogues,
  ) {}

  async execute(request: RecordsRequest, mirror: Mirror, signal?: AbortSignal): Promise<RecordPage> {
    if (this.remote.isEcho(request)) return NONE;
    const held = await this.known.of(mirror);
    const limit = request.resultType === 'results' ? request.maxRecords : 0;
    const offset = request.startPosition - 1;
    const series = seriesOf(request, held, { offset, limit });
    const published = held.hasPublished
      ? await this.published(request, held, after({ offset, limit }, [series]), signal)
      : NONE;
    const products = await this.products(request, held, after({ offset, limit }, [series, published]), signal);
    const records = [series, published, products].flatMap((found) => found.records);
    const matched = series.matched + published.matched + products.matched;
    const { hasNext } = products;
    return this.withRemote(
      request,
      { records, matched, ...(hasNext === undefined ? {} : { estimated: { hasNext } }) },
      limit,
      signal,
    );
  }

  private async withRemote(
    request: RecordsRequest,
    local: RecordPage,
    limit: number,
    signal?: AbortSignal,
  ): Promise<RecordPage> {
    if (request.hopCount === undefined || request.hopCount < 1) return local;
    const room = after({ offset: request.startPosition - 1, limit }, [local]);
    const answer = await this.remote.search(request, room, signal);
    return {
      records: [...local.records, ...answer.records],
      matched: local.matched + answer.matched,
      problems: answer.problems,
    };
  }

  private async products(
    request: RecordsRequest,
    held: HeldRecords,
    stretch: Stretch,
    signal?: AbortSignal,
  ): Promise<Found> {
    if (held.collections.length === 0) return NONE;
    const filter = request.filter === undefined ? undefined : compileForProducts(request.filter, held.shared);
    const query = { ...ofProducts(held), sort: productSort(request.sort), ...asked(filter, stretch) };
    const exactly = request.resultType === 'hits' || (request.hopCount ?? 0) > 0;
    return this.search({ ...query, count: exactly ? 'exact' : 'auto' }, held, signal);
  }

  /** By identifier where no order is asked for; by anything else than a column they are sorted here. */
  private async published(
    request: RecordsRequest,
    held: HeldRecords,
    stretch: Stretch,
    signal?: AbortSignal,
  ): Promise<Found> {
    const filter = request.filter === undefined ? undefined : compileForPublished(request.filter);
    const sort = [{ property: 'id', direction: 'asc' } as const];
    const query = { collections: [RECORDS], sort };
    if (request.sort.length === 0 || stretch.limit === 0)
      return this.search({ ...query, ...asked(filter, stretch) }, held, signal);
    const all = await this.search({ ...query, ...asked(filter, { offset: 0, limit: MOST_SORTED }) }, held, signal);
    if (all.matched > MOST_SORTED) {
      throw new InvalidError(
        `More than ${MOST_SORTED} published records match, too many to be sorted; narrow the search.`,
        {
          subject: 'SortBy',
        },
      );
    }
    const sorted = sortRecords(all.records, request.sort);
    return { records: sorted.slice(stretch.offset, stretch.offset + stretch.limit), matched: all.matched };
  }

  private async search(query: CatalogQuery, held: HeldRecords, signal?: AbortSignal): Promise<Found> {
    const page = await this.catalog.search(query, signal);
    const records = page.products.map((product: Product) => held.recordOf(product));
    const { value, exact } = page.matched ?? { value: records.length, exact: true };
    if (exact) return { records, matched: value };
    if (value > MOST_COUNTED) return { records, matched: value, hasNext: page.next !== undefined };
    const hits = await this.catalog.search({ ...query, page: COUNT_ONLY, count: 'exact' }, signal);
    return { records, matched: hits.matched?.value ?? value };
  }
}

function seriesOf({ filter, sort }: RecordsRequest, held: HeldRecords, { offset, limit }: Stretch): Found {
  const matching = held.series.filter((record) => filter === undefined || matchesConstraint(filter, record));
  return { records: sortRecords(matching, sort).slice(offset, offset + limit), matched: matching.length };
}

/** What is left of a page behind the kinds before. */
function after({ offset, limit }: Stretch, before: readonly Found[]): Stretch {
  const matched = before.reduce((sum, found) => sum + found.matched, 0);
  const taken = before.reduce((sum, found) => sum + found.records.length, 0);
  return { offset: Math.max(0, offset - matched), limit: limit - taken };
}

function asked(
  filter: Filter | undefined,
  { offset, limit }: Stretch,
): Pick<CatalogQuery, 'filter' | 'page' | 'count'> {
  return { page: { kind: 'number', limit, offset }, count: 'exact', ...(filter === undefined ? {} : { filter }) };
}

/** Where they are all there is they are not named: an index would be asked for each. */
function ofProducts({ hasPublished, collections }: HeldRecords): Pick<CatalogQuery, 'collections'> {
  return hasPublished ? { collections } : {};
}
