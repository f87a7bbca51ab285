import type { CatalogQuery, MatchCount } from '#domain/catalog/catalog-query.js';
import type { CatalogSample } from './catalog-sample.js';
import { countByTallies } from './catalog-tallies.js';
import type { CompiledQuery } from './compile-catalog-query.js';
import type { CountMemory } from './count-memory.js';
import { CountProgress } from './count-progress.js';
import type { LateCounts } from './late-counts.js';
import { orEstimate } from './or-estimate.js';
import { orSoFar } from './or-so-far.js';
import type { ResultSlice } from './result-slice.js';
import type { Sql } from './sql.js';

/** What counting needs beside SQL. */
export interface CountRequest {
  readonly query: CatalogQuery;
  readonly compiled: CompiledQuery;
  readonly longestMs: number;
  readonly signal: AbortSignal | undefined;
  /** Is told how long acquisitions are indeed, where counting finds it out. */
  readonly tellLongest?: ((ms: number) => void) | undefined;
}

/** Where counts come from. */
export interface CountSources {
  readonly sql: Sql;
  readonly sample: CatalogSample;
  readonly memory: CountMemory;
  readonly late: LateCounts;
}

/** A count may take so many times what its page took. */
const PATIENCE = 1.1;
/** So long a `patient` count is waited for when its page is there, milliseconds. */
const PATIENT_MS = 5_000;

/**
 * How many products match, counted while the page is read; undefined where nobody asks. Where the whole result is on the page, its length is the count.
 * A count that nobody needs exact is not waited for much longer than the page: then the best estimate so far is told.
 */
export async function countMatches(
  sources: CountSources,
  request: CountRequest,
  reading: Promise<ResultSlice>,
): Promise<MatchCount | undefined> {
  const { query, signal } = request;
  if ((query.count ?? 'none') === 'none') return undefined;
  const started = performance.now();
  void reading.then(
    ({ snapshot }) => sources.memory.see(snapshot),
    () => undefined,
  );
  const known = await knownCount(sources.memory, request, reading);
  if (known !== undefined) return known;
  const progress = new CountProgress(reading);
  const giveUp = new AbortController();
  const both = AbortSignal.any([giveUp.signal, ...(signal === undefined ? [] : [signal])]);
  const counting = countAll(sources, { ...request, signal: both }, progress);
  // Its failure matters only where the count is wanted.
  counting.catch(() => undefined).finally(() => progress.end());
  try {
    const slice = await reading;
    if (isWhole(query, slice)) return { value: slice.rows.length, exact: true };
    const left = (performance.now() - started) * (PATIENCE - 1);
    return told(atLeast(await waitedFor(sources, request, { counting, progress, left }), query, slice), query);
  } finally {
    if (!progress.ended && !sources.late.admit(counting)) giveUp.abort();
  }
}

/** What was counted before for what the page shows, without a statement; undefined where it was not, or something has changed. */
async function knownCount(
  memory: CountMemory,
  request: CountRequest,
  reading: Promise<ResultSlice>,
): Promise<MatchCount | undefined> {
  if (!memory.mayTell(request)) return undefined;
  const counted = memory.at((await reading).snapshot, request);
  if (counted === undefined) return undefined;
  if (counted.longestMs !== undefined) request.tellLongest?.(counted.longestMs);
  return { value: counted.value, exact: true };
}

interface RunningCount {
  readonly counting: Promise<MatchCount>;
  readonly progress: CountProgress;
  /** How long a count that nobody needs exact is waited for, milliseconds. */
  readonly left: number;
}

function waitedFor(
  sources: CountSources,
  request: CountRequest,
  { counting, progress, left }: RunningCount,
): Promise<MatchCount> {
  const { query } = request;
  if (query.count === 'exact') return counting;
  if (query.count !== 'patient') return orSoFar(counting, progress, left);
  const estimated: CountRequest = { ...request, query: { ...query, count: 'auto' } };
  return orEstimate(counting, PATIENT_MS, () => countAll(sources, estimated, new CountProgress()));
}

function isWhole({ page }: CatalogQuery, { hasNext }: ResultSlice): boolean {
  return !hasNext && (page.kind === 'keyset' ? page.cursor === undefined : page.offset === 0);
}

function told(count: MatchCount, query: CatalogQuery): MatchCount | undefined {
  return query.count === 'exactOrNone' && !count.exact ? undefined : count;
}

/** An estimate is not less than what the page shows. */
function atLeast(count: MatchCount, { page }: CatalogQuery, { rows, hasNext }: ResultSlice): MatchCount {
  if (count.exact) return count;
  const before = page.kind === 'number' && rows.length > 0 ? page.offset : 0;
  return { value: Math.max(count.value, before + rows.length + (hasNext ? 1 : 0)), exact: false };
}

/** How many products match: from the tallies where they tell, by counting where that is cheap or asked for, else from the sample, labelled. */
async function countAll(
  { sql, sample, memory }: CountSources,
  request: CountRequest,
  progress: CountProgress,
): Promise<MatchCount> {
  const tallied = await countByTallies(sql, request);
  if (tallied !== undefined) {
    memory.remember(request, tallied);
    return { value: tallied.value, exact: true };
  }
  const { query, compiled, signal } = request;
  const estimated = query.count !== 'exact' && query.count !== 'patient';
  const estimate = estimated ? await sample.count({ query, count: compiled.count, progress }, signal) : undefined;
  if (estimate !== undefined) return estimate;
  // Asked last: whether a remembered count still holds takes longer to find out than an estimate.
  const known = await memory.known(request, signal);
  if (known !== undefined) return { value: known, exact: true };
  const value = await memory.countRows(request, compiled.count, signal);
  sample.learn(query, value);
  return { value, exact: true };
}
