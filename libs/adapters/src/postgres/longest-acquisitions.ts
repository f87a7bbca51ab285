import type { CatalogQuery, Filter } from '#domain/catalog/catalog-query.js';
import { checkFilterLimits } from './catalog-limits.js';
import { isStorableText } from './catalog-literal.js';
import type { Sql } from './sql.js';

const REMEMBERED = 1_000;

/** What a search goes by, and what it must have gone by for its answer to be right: nothing less. */
export interface LongestKnown {
  /** Milliseconds, as they were lately. */
  readonly assumed: number;
  /** As they are. */
  readonly actual: () => Promise<number>;
  /** What another statement of the search found out, which spares one of its own. */
  readonly tell: (ms: number) => void;
}

/** The column other statements tell it by; `$1` are the collections. */
export const LONGEST_MS = `(select coalesce(ceil(extract(epoch from max(longest)) * 1000), 0)::bigint from catalogue.collection
  where $1::text[] is null or id = any($1))`;
const NO_TIME: LongestKnown = { assumed: 0, actual: () => Promise.resolve(0), tell: () => undefined };

/**
 * The longest acquisition of the collections of a query, by which an interval of time becomes a range of begins. It grows but seldom: a search begins with what
 * was true lately, looks meanwhile, and is made again where it has grown.
 */
export class LongestAcquisitions {
  private readonly sql: Sql;
  private readonly known = new Map<string, number>();

  constructor(sql: Sql) {
    this.sql = sql;
  }

  /** 0 where a query says nothing of time. `isTold`: another statement is expected to tell. Throws InvalidError for a filter that is too large. */
  async of(
    { collections: asked, filter }: Pick<CatalogQuery, 'collections' | 'filter'>,
    isTold = false,
  ): Promise<LongestKnown> {
    if (filter !== undefined) checkFilterLimits(filter);
    if (filter === undefined || !speaksOfTime(filter)) return NO_TIME;
    const collections = asked?.filter(isStorableText) ?? null;
    const key = JSON.stringify(collections);
    const assumed = this.known.get(key);
    let told: Promise<number> | undefined;
    const actual = (): Promise<number> => (told ??= this.read(collections, key));
    const tell = (ms: number): void => {
      told = Promise.resolve(ms);
      this.remember(key, ms);
    };
    // Whoever does not come to ask has failed otherwise.
    if (assumed !== undefined && !isTold) actual().catch(() => undefined);
    return { assumed: assumed ?? (await actual()), actual, tell };
  }

  private async read(collections: readonly string[] | null, key: string): Promise<number> {
    const [row] = await this.sql.query<{ ms: number }>(`select ${LONGEST_MS} as ms`, [collections]);
    const ms = row?.ms ?? 0;
    this.remember(key, ms);
    return ms;
  }

  private remember(key: string, ms: number): void {
    this.known.delete(key);
    this.known.set(key, ms);
    if (this.known.size > REMEMBERED) this.known.delete(this.known.keys().next().value ?? '');
  }
}

function speaksOfTime(filter: Filter): boolean {
  if ('args' in filter) return filter.args.some(speaksOfTime);
  return 'arg' in filter ? speaksOfTime(filter.arg) : filter.op === 'temporal';
}
