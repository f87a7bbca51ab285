import type { CatalogQuery, Filter, MatchCount } from '#domain/catalog/catalog-query.js';
import { intervalOf, type CatalogMonths } from './catalog-months.js';
import type { CountEstimate, CountProgress } from './count-progress.js';
import { estimateByPage, isFirstPage, isWalkOfTime } from './page-estimate.js';
import { queryHash } from './query-hash.js';
import type { SampleReader } from './sample-reader.js';
import { ShortMemory } from './short-memory.js';
import type { SqlStatement } from './sql-parameters.js';

/** One in so many products is in a table and those before it. */
const LEVELS = [512, 64, 16] as const;
/** What decides between counting and estimating, in products. */
export interface SampleLimits {
  /** A catalogue of so many is always counted. */
  readonly small: number;
  /** Of so many in the time and the collections asked for all are looked at. */
  readonly readAtOnce: number;
  /** So many matches are counted rather than estimated. */
  readonly few: number;
  /** Rows of the sample that are read where no index of it helps. */
  readonly sampleRows: number;
  /** Rows of the coarsest sample that are read for a first glance. */
  readonly glanceRows: number;
  /** Rows of the sample in the time asked that are read first. */
  readonly timeRows: number;
}

const LIMITS: SampleLimits = {
  small: 120_000,
  readAtOnce: 10_000,
  few: 1_000,
  sampleRows: 30_000,
  glanceRows: 3_000,
  timeRows: 1_000,
};
/** Hits after which the error is some ten per cent. */
const ENOUGH = 100;
/** Hits that say how many there are within a factor of {@link CERTAINLY}. */
const SOME = 8;
const CERTAINLY = 4;
/** Hits that say no more than that there are few. */
const TOO_FEW = 20;
/** Where there are so few, so many times more rows may be read. */
const MORE = 6;
/** The first sample read has at most one in so many of the rows that may be read. */
const COARSER = 4;

/** A query, the statement that counts what it finds, and where to tell of estimates as they get better. */
interface SampledRequest {
  readonly query: CatalogQuery;
  readonly count: SqlStatement;
  readonly progress: CountProgress;
}

/** What counting all that match may take where they are few, milliseconds. */
const FEW_MS = 10;

/** A request in a catalogue of so many, and what its page tells. */
interface EstimatedRequest extends SampledRequest {
  readonly products: number;
  readonly byPage: Promise<CountEstimate | undefined>;
}

/** What testing a product against an area takes, milliseconds. */
const AREA_MS = 0.002;

/** An estimate, and whether a better one was still to come. */
interface Estimated extends CountEstimate {
  readonly final: boolean;
}

/** Estimates how many products match from a random sample of them: good for any filter, and independent of the planner. */
export class CatalogSample {
  private readonly reader: SampleReader;
  private readonly months: CatalogMonths;
  private readonly limits: SampleLimits;
  /** They serve for the next pages of a query as well. */
  private readonly estimates = new ShortMemory<Estimated>();

  constructor(reader: SampleReader, months: CatalogMonths, limits: SampleLimits = LIMITS) {
    this.reader = reader;
    this.limits = limits;
    this.months = months;
  }

  /** Undefined where they are so few that counting all is as cheap. */
  async count(request: SampledRequest, signal?: AbortSignal): Promise<MatchCount | undefined> {
    const { query, progress } = request;
    if (query.ids !== undefined) return undefined;
    const products = await this.months.products({});
    if (products <= this.limits.small) return undefined;
    const byPage = estimateByPage(this.months, query, progress);
    void byPage.then((estimate) => estimate === undefined || progress.report(estimate));
    const inTime = await this.inItsTime(query);
    if (inTime <= this.limits.readAtOnce) return this.beforeReading(inTime, { ...request, products, byPage });
    const value = await this.remembered({ ...request, products, byPage }, signal);
    if (value > this.limits.few || (isFirstPage(query) && (await byPage) !== undefined)) return { value, exact: false };
    await progress.turn(FEW_MS);
    return undefined;
  }

  /** Takes what was counted for an estimate of the next pages, which may come before their own count. */
  learn(query: CatalogQuery, value: number): void {
    this.remember(keyOf(query), { value, hits: value }, true);
  }

  private inItsTime({ collections, filter }: CatalogQuery): Promise<number> {
    return this.months.products({ collections, ...intervalOf(filter) });
  }

  /** Few products to look at take their time all the same where each is tested against an area: a first page that tells enough spares it. */
  private async beforeReading(inTime: number, { query, progress, byPage }: EstimatedRequest) {
    if (!mentions(query.filter, AREAS)) return undefined;
    await progress.turn(inTime * AREA_MS);
    const told = progress.pageRead && isFirstPage(query) ? await byPage : undefined;
    return told === undefined ? undefined : { value: told.value, exact: false };
  }

  private async remembered(request: EstimatedRequest, signal?: AbortSignal): Promise<number> {
    const key = keyOf(request.query);
    const known = this.estimates.recall(key);
    if (known !== undefined) request.progress.report(known);
    if (known?.final === true || this.isEnough(known, request.query)) return known.value;
    request.progress.onReport((estimate) => this.remember(key, estimate, false));
    const estimate =
      (isWalkOfTime(request.query) ? await request.byPage : undefined) ?? (await this.estimate(request, signal));
    this.remember(key, estimate, !this.isEnough(estimate, request.query));
    return estimate.value;
  }

  private remember(key: string, { value, hits }: CountEstimate, final: boolean): void {
    this.estimates.remember(key, { value, hits, final });
  }

  /** From a sample read in a moment; where that has too few hits, from the next finer one that promises enough. Nothing where they are too few for all. */
  private async estimate(request: EstimatedRequest, signal?: AbortSignal): Promise<CountEstimate> {
    const { products, progress, query } = request;
    const glanced = await this.glance(products, request, signal);
    if (glanced !== undefined) return glanced;
    const first = await this.firstLevel(products, query);
    const { all: hits, ms } = await this.reader.hits(request.count, first, signal);
    progress.report({ value: hits * first, hits });
    const isSure = hits >= ENOUGH || this.isEnough({ value: hits * first, hits }, query);
    const level = isSure ? undefined : this.finerLevel(products, query, { level: first, hits });
    if (level === undefined) return { value: hits * first, hits };
    await progress.turn((ms * first) / level);
    const { all: found } = await this.reader.hits(request.count, level, signal);
    progress.report({ value: found * level, hits: found });
    return { value: found < TOO_FEW ? 0 : found * level, hits: found };
  }

  /** Whether nobody wants a better estimate: who takes exact counts only, and there are certainly more than are counted. */
  private isEnough(known: CountEstimate | undefined, { count }: CatalogQuery): known is CountEstimate {
    return (
      count === 'exactOrNone' && known !== undefined && known.hits >= SOME && known.value > this.limits.few * CERTAINLY
    );
  }

  /** The coarsest that has some rows of the time asked; of all times, one that is read in a moment. */
  private async firstLevel(products: number, query: CatalogQuery): Promise<number> {
    const { start, end } = intervalOf(query.filter);
    const inTime = start === undefined || end === undefined ? undefined : await this.inItsTime(query);
    const readable = (level: number): boolean =>
      inTime === undefined
        ? products / level <= this.limits.sampleRows / COARSER
        : inTime / level <= this.limits.timeRows;
    return LEVELS.findLast(readable) ?? LEVELS[0];
  }

  /** The coarsest that promises enough hits among those that may be read. */
  private finerLevel(products: number, { filter }: CatalogQuery, first: { level: number; hits: number }) {
    const indexed = mentions(filter, INDEXED);
    if (first.hits === 0 && !indexed) return undefined;
    const readable = indexed ? Infinity : this.limits.sampleRows * (first.hits < TOO_FEW ? MORE : 1);
    const finer = LEVELS.filter((each) => each < first.level && products / each <= readable);
    return finer.find((each) => (first.hits * first.level) / each >= ENOUGH) ?? finer.at(-1);
  }

  /** Where nothing but reading helps, and the coarsest sample is long, some of its pages may tell enough. */
  private async glance(products: number, request: SampledRequest, signal?: AbortSignal) {
    const percent = (100 * this.limits.glanceRows * LEVELS[0]) / products;
    if (percent > 50 || mentions(request.query.filter, INDEXED) || isFoundByValue(request.query.filter))
      return undefined;
    const pages = `catalogue.sample_${LEVELS[0]} p tablesample system (${percent.toFixed(3)}) where`;
    const { all: hits } = await this.reader.hitsAmong(pages, request.count, signal);
    return hits >= ENOUGH ? { value: Math.round((hits * LEVELS[0] * 100) / percent), hits } : undefined;
  }
}

function keyOf(query: CatalogQuery): string {
  return queryHash(query).toString('base64');
}

const AREAS: readonly Filter['op'][] = ['spatial', 'distance'];
const INDEXED: readonly Filter['op'][] = ['temporal', ...AREAS];

/** Whether a condition of such a kind holds for all that match. */
function mentions(filter: Filter | undefined, kinds: readonly Filter['op'][]): boolean {
  if (filter === undefined) return false;
  if (filter.op === 'and') return filter.args.some((arg) => mentions(arg, kinds));
  return kinds.includes(filter.op);
}

/** Properties of many values by which the sample is indexed. */
const VALUES = new Set(['relativeOrbit', 'absoluteOrbit', 'tile']);

/** Whether all that match have one value of such a property, or words. */
function isFoundByValue(filter: Filter | undefined): boolean {
  if (filter?.op === 'and') return filter.args.some(isFoundByValue);
  return filter?.op === 'text' || (filter?.op === 'eq' && VALUES.has(filter.property));
}
