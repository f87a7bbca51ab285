import type { Filter } from '#domain/catalog/catalog-query.js';
import type { TimeInterval } from '#domain/geometry/time-interval.js';
import type { Sql } from './sql.js';

interface Month {
  readonly collection: string;
  /** Its first and last instants, milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly products: number;
}

/** Collections (default: all) and an interval of time (default: ever). */
export interface MonthsAsked {
  readonly collections?: readonly string[] | undefined;
  readonly start?: Date | undefined;
  readonly end?: Date | undefined;
}

/** How long what is known of the months serves; then it is read again, while it serves on. */
const FRESH_MS = 60_000;

/** About how many products of some collections were acquired in some time: the tallies by month, kept in memory. For deciding, not for telling. */
export class CatalogMonths {
  private readonly sql: Sql;
  private known: Promise<ReadonlyMap<string, readonly Month[]>> | undefined;
  private readAt = -Infinity;

  constructor(sql: Sql) {
    this.sql = sql;
  }

  /** All in the months an interval touches. */
  products(asked: MonthsAsked): Promise<number> {
    return this.sum(asked, ({ products }) => products);
  }

  /** The same with the months at its ends by the part of them it touches. */
  productsWithin(asked: MonthsAsked): Promise<number> {
    return this.sum(
      asked,
      (month, from, to) =>
        (month.products * (Math.min(month.to, to) - Math.max(month.from, from))) / (month.to - month.from),
    );
  }

  private async sum(
    { collections, start, end }: MonthsAsked,
    share: (month: Month, from: number, to: number) => number,
  ): Promise<number> {
    const [from, to] = [start?.getTime() ?? -Infinity, end?.getTime() ?? Infinity];
    const asked = collections === undefined ? undefined : new Set(collections);
    const months = [...(await this.months())].flatMap(([collection, its]) =>
      asked?.has(collection) === false ? [] : its.filter((month) => month.to >= from && month.from <= to),
    );
    return months.reduce((sum, month) => sum + share(month, from, to), 0);
  }

  private async months(): Promise<ReadonlyMap<string, readonly Month[]>> {
    const before = this.known;
    if (performance.now() - this.readAt > FRESH_MS) {
      this.readAt = performance.now();
      this.known = this.read();
      this.known.catch(() => {
        this.known = before;
        this.readAt = -Infinity;
      });
    }
    return (before ?? this.known)!;
  }

  /** By collection. */
  private async read(): Promise<ReadonlyMap<string, readonly Month[]>> {
    const months = await this.sql.query<Month>(
      `select collection, extract(epoch from month at time zone 'UTC')::bigint * 1000 as from,
         extract(epoch from (month + interval '1 month') at time zone 'UTC')::bigint * 1000 - 1 as to, sum(products)::bigint as products
       from (select collection, date_trunc('month', day::timestamp) as month, products from catalogue.tally where day > '-infinity') days
       group by collection, month`,
    );
    return Map.groupBy(months, ({ collection }) => collection);
  }
}

/** The interval all that match overlap; open where the filter says nothing of time. */
export function intervalOf(filter: Filter | undefined): TimeInterval {
  if (filter?.op === 'and') return filter.args.map(intervalOf).find(({ start, end }) => start ?? end) ?? {};
  return filter?.op === 'temporal' && BOUNDING.has(filter.relation) ? filter.interval : {};
}

const BOUNDING = new Set(['overlaps', 'within', 'equals']);
