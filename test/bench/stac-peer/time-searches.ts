import { askText, type ItemPage } from './stac-items.js';
import type { Shape } from './stac-shapes.js';

/** How often a search is asked at most, and for how long. */
export interface Bound {
  readonly rounds: number;
  readonly seconds: number;
}

/** How long the answers took (ascending, ms), and how many items and matches they told of altogether: both servers should tell alike. */
export interface Timed {
  readonly times: readonly number[];
  readonly returned: number;
  readonly matched: number;
}

/** Asked before, by the clock: both servers then run as they do after their first minute, with code compiled and caches filled. */
const WARM_MS = 3_000;
const LEAST = 10;

/** Asks one after another; uncompressed, as the wire is not what is measured. */
export async function timeSearches(api: string, shape: Shape, { rounds, seconds }: Bound): Promise<Timed> {
  const warm = performance.now() + WARM_MS;
  for (let turn = 1_000_000; performance.now() < warm; turn++) await askText(`${api}/search`, shape(turn));
  const times: number[] = [];
  let [returned, matched] = [0, 0];
  const begin = performance.now();
  for (let turn = 0; turn < rounds; turn++) {
    if (turn >= LEAST && performance.now() - begin > seconds * 1000) break;
    const body = shape(turn);
    const started = performance.now();
    const text = await askText(`${api}/search`, body);
    times.push(performance.now() - started);
    if (turn >= LEAST) continue;
    const page = JSON.parse(text) as ItemPage;
    returned += page.features.length;
    matched += page.numberMatched ?? 0;
  }
  return { times: times.toSorted((a, b) => a - b), returned, matched };
}

/** The value below which `share` of the ascending values lie; NaN of none. */
export function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? Number.NaN;
}

/** Follows pages of 1000 for so many seconds: items and bytes a second. */
export async function walkPages(api: string, seconds: number): Promise<{ items: number; bytes: number }> {
  const first = { collections: ['sentinel-2-l1c'], limit: 1000 };
  let [body, items, bytes, spent]: [object, number, number, number] = [first, 0, 0, 0];
  while (spent < seconds * 1000) {
    const started = performance.now();
    const text = await askText(`${api}/search`, body);
    spent += performance.now() - started;
    const page = JSON.parse(text) as ItemPage;
    items += page.features.length;
    bytes += text.length;
    body = { ...first, ...page.links.find(({ rel }) => rel === 'next')?.body };
  }
  return { items: (items * 1000) / spent, bytes: (bytes * 1000) / spent };
}
