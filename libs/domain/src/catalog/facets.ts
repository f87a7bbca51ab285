import { InvalidError } from '../errors.js';
import type { CatalogQuery } from './catalog-query.js';
import { findQueryable } from './queryables.js';

/**
 * What a query's products are counted by: calendar parts of the acquisition begin (UTC; `year quarter month week day hour`), values of a queryable, tenths
 * of a percentage, ranges of a number, or places (`footprint`: the geohash of its middle).
 */
export type FacetKind = 'time' | 'value' | 'list' | 'decile' | 'range' | 'place';

/** One thing products can be counted by. */
export interface FacetDefinition {
  readonly name: string;
  readonly kind: FacetKind;
  /** Of ranges: where one ends and the next begins, ascending; what lies before the first and from the last on is counted, too. */
  readonly bounds?: readonly number[];
  /** Of places: characters of the geohash, 1 to 12. */
  readonly precision?: number;
  /** Values given at most, where that is not what is usual. */
  readonly most?: number;
}

/** Products of a query counted by several things at once. */
export interface FacetRequest {
  readonly query: Pick<CatalogQuery, 'collections' | 'ids' | 'filter' | 'latestOnly'>;
  readonly facets: readonly FacetDefinition[];
}

/**
 * Products with one value. A time is `2024`, `2024-05`, `2024-05-06` or `2024-05-06T07` (a quarter its first month, a week its Monday); a tenth is
 * `20-30`, 30 belonging to the next and 100 to the last; a range is `20-30`, `*-20` or `30-*`, its end not part of it.
 */
export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

/** A counted facet: times and ranges in order, ranges without products too, values by count. Products without a value are in none. */
export interface Facet extends FacetDefinition {
  readonly values: readonly FacetValue[];
  /** Products of the values that are not given. */
  readonly others: number;
  /** False: extrapolated from a sample, since counting would have taken too long. */
  readonly exact: boolean;
  /** Whether there are more values than are given. */
  readonly hasMore: boolean;
}

/** Values given of one facet at most. */
export const MAX_FACET_VALUES = 200;
/** Times given of one facet at most: days of a generation. */
export const MAX_FACET_TIMES = 12_000;
const MAX_FACETS = 12;

const TIMES = ['year', 'month', 'day'];
const DECILES = ['cloudCover', 'snowCover'];
const VALUES = [
  'collection',
  'platform',
  'constellation',
  'instrument',
  'sensorType',
  'productType',
  'processingLevel',
  'processingBaseline',
  'timeliness',
  'acquisitionType',
  'online',
  'orbitDirection',
  'relativeOrbit',
  'instrumentMode',
  'swath',
  'polarisationMode',
  'polarisations',
  'lookDirection',
  'frequencyBand',
  'resolution',
  'tile',
];

/** Every facet, in the order they are told. */
export const FACETS: readonly FacetDefinition[] = [
  ...TIMES.map((name) => ({ name, kind: 'time' as const })),
  ...VALUES.map((name) => ({ name, kind: findQueryable(name)?.type === 'strings' ? 'list' : 'value' }) as const),
  ...DECILES.map((name) => ({ name, kind: 'decile' as const })),
];

/** The facets of these names, each once. Throws InvalidError (subject `facets`) for an unknown name and for more than a dozen. */
export function findFacets(names: readonly string[]): readonly FacetDefinition[] {
  const named = names.map((name) => {
    const facet = FACETS.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (facet !== undefined) return facet;
    const known = FACETS.map((each) => each.name).join(', ');
    throw new InvalidError(`facets: products are not counted by ${JSON.stringify(name)}, but by ${known}`, {
      subject: 'facets',
    });
  });
  const found = [...new Set(named)];
  if (found.length > MAX_FACETS) {
    throw new InvalidError(`facets: ask for ${MAX_FACETS} at most`, { subject: 'facets' });
  }
  return found;
}
