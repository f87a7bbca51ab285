import type { Facet } from '#domain/catalog/facets.js';
import { InvalidError } from '#domain/errors.js';
import type { Kvp } from '../ows/kvp.js';

/** Facets counted where nobody names any. */
const DEFAULT_FACETS = ['year', 'collection', 'platform', 'productType', 'processingLevel', 'online'];

/** The names in `facets=month,platform`. */
export function parseFacetNames(kvp: Kvp): readonly string[] {
  const given = kvp.get('FACETS');
  if (given === undefined) return DEFAULT_FACETS;
  return given
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The `interval` of a timeline, by months where it is not given. Throws InvalidError (subject `interval`). */
export function parseTimelineInterval(kvp: Kvp): 'year' | 'month' | 'day' {
  const interval = (kvp.get('INTERVAL') ?? 'month').toLowerCase();
  if (interval === 'year' || interval === 'month' || interval === 'day') return interval;
  throw new InvalidError('interval: year, month or day', { subject: 'interval' });
}

/** Facets as JSON: what is extrapolated and what is cut off says so. */
export function writeFacets(facets: readonly Facet[]): object {
  return {
    type: 'Facets',
    facets: facets.map(({ name, kind, values, exact, hasMore }) => ({ name, kind, exact, hasMore, values })),
  };
}

/** A facet of time as JSON: each step with the interval of acquisition begins it stands for, its end not part of it; steps without products are left out. */
export function writeTimeline(facet: Facet): object {
  return {
    type: 'Timeline',
    interval: facet.name,
    exact: facet.exact,
    hasMore: facet.hasMore,
    values: facet.values.map(({ value, count }) => ({ value, count, ...intervalOf(value) })),
  };
}

function intervalOf(value: string): { readonly start: string; readonly end: string } {
  const [year = 0, month, day] = value.split('-').map(Number);
  const end =
    month === undefined
      ? Date.UTC(year + 1, 0)
      : day === undefined
        ? Date.UTC(year, month)
        : Date.UTC(year, month - 1, day + 1);
  const start = Date.UTC(year, (month ?? 1) - 1, day ?? 1);
  return { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
}
