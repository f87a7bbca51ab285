import type { FacetDefinition } from '#domain/catalog/facets.js';
import { QUERYABLES, type Queryable } from '#domain/catalog/queryables.js';

/** What an aggregation computes of the items of a search: one value, or how many there are in each bucket. */
export interface AggregationTerm {
  readonly name: string;
  /** As the Aggregation extension names types: of the value, or of the keys of the buckets. */
  readonly type: 'integer' | 'datetime' | 'string' | 'numeric';
  /** Absent for a single value. */
  readonly facet?: FacetDefinition;
}

/** Buckets of one aggregation at most: what is not in them is its `overflow`. */
const MOST_BUCKETS = 10_000;

/** Extensions whose properties are known without their prefix. */
const BARE = /^(eo|view|sat|sar|s1|s2|eopf):/;

/** Where ranges end unless the request says. */
const BOUNDS: Readonly<Record<string, readonly number[]>> = {
  cloudCover: [10, 20, 30, 40, 50, 60, 70, 80, 90],
  snowCover: [10, 20, 30, 40, 50, 60, 70, 80, 90],
  sunElevation: [0, 10, 20, 30, 40, 50, 60, 70, 80],
  sunAzimuth: [30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330],
  offNadir: [5, 10, 15, 20, 25, 30, 35, 40, 45],
  incidenceAngle: [10, 20, 30, 40, 50, 60, 70, 80],
};

/** Of these every item has one of its own. */
const UNCOUNTED = new Set(['id', 'uuid', 'datatake', 'absoluteOrbit']);

/** Every aggregation there is, in the order they are told (Aggregation extension 0.3.0 §Filter Parameters and Fields). */
export const AGGREGATION_TERMS: readonly AggregationTerm[] = [
  { name: 'total_count', type: 'integer' },
  { name: 'datetime_min', type: 'datetime' },
  { name: 'datetime_max', type: 'datetime' },
  { name: 'datetime_frequency', type: 'datetime', facet: { name: 'month', kind: 'time' } },
  {
    name: 'centroid_geohash_grid_frequency',
    type: 'string',
    facet: { name: 'footprint', kind: 'place', precision: 3, most: MOST_BUCKETS },
  },
  ...QUERYABLES.flatMap(frequencyOf),
];

function frequencyOf(queryable: Queryable): readonly AggregationTerm[] {
  const { name, type, names } = queryable;
  if (names.stac === undefined || type === 'date' || UNCOUNTED.has(name)) return [];
  const term = `${names.stac.replace(BARE, '').replace(':', '_')}_frequency`;
  const bounds = BOUNDS[name];
  if (bounds !== undefined) return [{ name: term, type: 'numeric', facet: { name, kind: 'range', bounds } }];
  const kind = type === 'strings' ? 'list' : 'value';
  return [{ name: term, type: 'string', facet: { name, kind, most: MOST_BUCKETS } }];
}
